"""The file for the bank."""

import csv

import pytest

from marketplace.payments.bankfile import Order, bank_file, safe


def _order(**facts):
    return Order(
        **{
            "payer": "3100100110011001",
            "account": "0622020200112233445",
            "holder": "浦东职工服务中心",
            "bank": "工商银行",
            "amount_fen": 130_000_050,
            "purpose": "第一期款",
            "reference": "GC00000001",
            **facts,
        }
    )


@pytest.mark.parametrize(("encoding", "codec"), [("utf-8", "utf-8-sig"), ("gb18030", "gb18030")])
def test_a_line_for_each_payment_in_yuan(encoding, codec):
    data = bank_file([_order(), _order(amount_fen=1)], encoding)
    rows = list(csv.reader(data.decode(codec).splitlines()))
    assert rows[0][:4] == ["序号", "付款账号", "收款人账号", "收款人户名"]
    assert rows[1] == [
        "1",
        "3100100110011001",
        "0622020200112233445",
        "浦东职工服务中心",
        "工商银行",
        "1300000.50",
        "第一期款",
        "GC00000001",
    ]
    assert rows[2][5] == "0.01"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1"])
def test_no_cell_is_a_formula(text):
    assert safe(text).startswith("'")


def test_a_cell_is_one_line():
    assert safe("甲\n乙,丙") == "甲 乙,丙"
