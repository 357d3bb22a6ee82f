// The big screen comes anew by itself, and says so when it cannot.
import { follow } from "./room-live.js";

const root = document.getElementById("room");
const says = document.getElementById("says");
const join = document.getElementById("screen-join");

follow(
  (news) => {
    if (join) join.open = news.screen === "join";
  },
  (isThere) => {
    says.textContent = isThere ? "" : root.dataset.noConnection;
  },
);
