from tests.web.test_recorded import *
def test_x(client):
    page=client.sign_in(Role.GOVERNANCE)
    print(page.text)
    for t in range(3): page=client.get("/govern/audit")
    print(client.get("/govern/audit?act=signed_in").text)
    p=client.post("/govern/audit", page.form("form[method=post][action='/govern/audit']")); print(p.text[:300])
    print(client.client.get("/govern/audit/file?act=saw").text)
    p=client.get("/govern/audit/keeping"); print(client.submit(p,years="0",status=422).problem)
    print(client.submit(p,years="7",why="policy").text)
