// A photo is shown on the page, made smaller and sent off at once. Drawing it anew leaves behind what the device wrote
// into it: where and when it was taken.
const capture = document.querySelector(".capture");
const form = capture.closest("form");
const template = capture.querySelector("#photographer");
const says = capture.querySelector(".capture-says");
const input = capture.querySelector('input[type="file"]');
const LONGEST_SIDE = 2000;

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = shown();
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  } catch {
    capture.querySelector(".given")?.remove();
    return file; // the server may know what it is, or says kindly that it does not
  }
}

function shown() {
  capture.querySelector(".given")?.remove();
  const given = template.content.firstElementChild.cloneNode(true);
  says.after(given);
  return given.querySelector("canvas");
}

input.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file) return;
  says.classList.remove("problem");
  says.textContent = template.dataset.saving;
  const blob = await smaller(file);
  input.value = "";
  form.dispatchEvent(new CustomEvent("file-given", { detail: { blob } }));
});

form.addEventListener("file-found", ({ detail }) => smaller(detail.blob));
form.addEventListener("file-kept", () => {
  says.textContent = template.dataset.saved;
});
form.addEventListener("file-refused", () => capture.querySelector(".given")?.remove());
