"""Bank statements as banks write them, for tests. A row: moment, out, in, who, memo, number."""

from __future__ import annotations

from collections.abc import Sequence

Row = tuple[str, str, str, str, str, str]


def icbc(rows: Sequence[Row], *, balances: Sequence[str] = (), own: str = "1001") -> str:
    """As ICBC's corporate internet bank writes it: a title, a gap, names in brackets."""
    lines = [
        "明细查询文件下载",
        "",
        "[凭证号],[本方账号],[对方账号],[交易时间],[借/贷],[借方发生额],[贷方发生额],"
        "[对方行号],[摘要],[用途],[对方单位名称],[余额],[交易流水号]",
    ]
    for number, (moment, out, came, who, memo, serial) in enumerate(rows):
        side = "借" if out else "贷"
        balance = balances[number] if number < len(balances) else "0"
        lines.append(
            f'1,{own},6222,{moment},{side},"{out}","{came}",102,转账,{memo},{who},{balance},{serial}'
        )
    return "\r\n".join(lines) + "\r\n"


def ccb(rows: Sequence[Row], *, currency: str = "人民币元") -> str:
    """As CCB's corporate internet bank writes it."""
    lines = [
        "账号,账户名称,交易时间,借方发生额/元(支取),贷方发生额/元(收入),余额,币种,"
        "对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号"
    ]
    for moment, out, came, who, memo, serial in rows:
        lines.append(
            f'3100\t,总工会,{moment},"{out}","{came}",0,{currency},{who},\t6217,建行,20261120,'
            f"转账存入,{memo},{serial}"
        )
    return "\r\n".join(lines) + "\r\n"
