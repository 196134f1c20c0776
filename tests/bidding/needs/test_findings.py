"""Known totals, weighted figures, publishing them, and making them again."""

import datetime as dt
import json
import uuid
import zlib
from functools import partial
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from bidding.needs import intake_operations, operations
from bidding.needs.crossing import cross_of
from bidding.needs.finding_models import Findings
from bidding.needs.freezing import faults, freeze, recompute
from bidding.needs.models import Option, QuestionKind, Response
from bidding.needs.queries import counted_of, results_of
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.people.models import Role
from tests.at_once import at_once
from tests.factories.needs import make_intake, make_question, make_survey
from tests.factories.organisations import make_officer, make_person

pytestmark = pytest.mark.django_db

LAST_YEAR = dt.date(2024, 12, 31)


def asked_survey(state=SurveyState.CLOSED, size=1):
    """60 young workers of whom 40 want advice, 20 old ones of whom 5 do; and what they wrote."""
    survey = make_survey(state=state, population=1000)
    make_question(survey, "青年", "中老年", kind=QuestionKind.SINGLE)
    make_question(survey, ("咨询", "legal-aid"), "培训")
    make_question(survey, kind=QuestionKind.TEXT)
    sheets = (
        [("1", ["1"])] * 40 + [("1", ["2"])] * 20 + [("2", ["1", "2"])] * 5 + [("2", ["2"])] * 15
    )
    Response.objects.bulk_create(
        Response(
            survey=survey,
            token=uuid.uuid4(),
            industry="CF"[number % 2],
            answered_at=clock.now(),
            answers={"q1": age, "q2": wish, "q3": "食堂太远" if number % 9 else "王经理"},
        )
        for number, (age, wish) in enumerate(sheets * size)
    )
    return survey


def known(survey, by=None, **facts):
    groups = facts.pop("groups", [(["1"], 500), (["2"], 500)])
    facts = {"margin": "q1", "groups": groups, "source": "统计年鉴", "dated_on": LAST_YEAR} | facts
    return operations.set_totals(survey, actor=by or make_officer(), **facts)


def test_set_totals_weighs_the_answers_and_shows_the_plain_share_beside():
    survey = asked_survey()
    assert not counted_of(survey).is_weighted
    known(survey)
    counted = counted_of(survey)
    advice = counted.results[1].options[0].share
    # half of the workers are young (2 in 3 want advice), half old (1 in 4)
    assert (advice.count, advice.n, advice.plain) == (45, 80, 0.5625)
    assert round(advice.share, 4) == round((40 / 60 + 5 / 20) / 2, 4)
    assert advice.low < advice.share < advice.high
    assert (counted.is_weighted, round(counted.effective, 4)) == (True, 60.0)
    assert [theme.word for theme in counted.results[2].themes] == ["食堂太远"]
    cross = cross_of(survey, "q2", "industry")
    assert cross.is_weighted
    assert (cross.cells[0][0].count, cross.bases) == (23, [40, 40])
    change = Entry.objects.filter(action="set_totals").last()
    assert change.facts["source"] == "统计年鉴"


def test_totals_said_again_take_the_place_of_the_first_and_can_be_left_out():
    survey, officer = asked_survey(), make_officer()
    known(survey, officer)
    totals = known(survey, officer, groups=[(["1"], 900), (["2"], 100)])
    assert survey.totals.count() == 1
    assert round(results_of(survey)[1].options[0].share.share, 4) == 0.625
    operations.remove_totals(totals, actor=officer)
    assert results_of(survey)[1].options[0].share.plain is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"margin": "q2"}, "margin"),
        ({"groups": [(["1"], 5), (["9"], 5)]}, "groups"),
        ({"groups": [(["1"], 5), (["1", "2"], 5)]}, "groups"),
        ({"groups": [(["1"], 5)]}, "groups"),
        ({"source": " "}, "source"),
        ({"dated_on": dt.date(2999, 1, 1)}, "dated_on"),
    ],
)
def test_set_totals_refuses_what_cannot_be(facts, field):
    survey = asked_survey()
    with pytest.raises(DomainError) as refused:
        known(survey, **facts)
    assert refused.value.field == field
    assert not survey.totals.exists()


def test_totals_without_a_sheet_are_named_and_nothing_is_weighted_or_published():
    survey, officer = asked_survey(), make_officer()
    known(survey, officer, margin="industry", groups=[(["C", "F"], 500), (["A"], 500)])
    counted = counted_of(survey)
    assert (counted.is_weighted, "农、林、牧、渔业" in counted.problem) == (False, True)
    known(survey, officer, margin="industry", groups=[(["C"], 500), (["A"], 500)])
    with pytest.raises(DomainError, match="批发和零售业"):
        operations.publish_survey(survey, actor=officer)
    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED


def test_a_limit_on_weights_is_kept_to_and_said():
    survey, officer = asked_survey(), make_officer()
    known(survey, officer, groups=[(["1"], 100), (["2"], 900)])
    operations.limit_weights(survey, most_weight=2, actor=officer)
    survey.refresh_from_db()
    found = counted_of(survey).weighed
    assert (round(found.largest, 6), found.raked.converged) == (2.0, False)
    with pytest.raises(DomainError):
        operations.limit_weights(survey, most_weight=1, actor=officer)


def test_totals_are_for_officers_until_the_results_are_out():
    survey = asked_survey()
    for person in (make_person(), make_officer(Role.AUDITOR)):
        with pytest.raises(Forbidden):
            known(survey, person)
    totals = known(survey)
    operations.publish_survey(survey, actor=make_officer())
    officer = make_officer()
    survey.refresh_from_db()
    with pytest.raises(WrongState):
        known(survey, officer)
    with pytest.raises(WrongState):
        operations.remove_totals(totals, actor=officer)
    with pytest.raises(WrongState):
        operations.limit_weights(survey, most_weight=3, actor=officer)


def test_publishing_freezes_every_figure_and_anybody_with_the_sheets_gets_the_same():
    survey, officer = asked_survey(), make_officer()
    known(survey, officer)
    before = results_of(survey)
    operations.publish_survey(survey, actor=officer)
    survey.refresh_from_db()
    found = survey.findings
    after = results_of(survey)
    assert [r.n for r in after] == [r.n for r in before]
    assert after[1].options[0].share.share == pytest.approx(before[1].options[0].share.share)
    assert recompute(survey).same
    entry = Entry.objects.filter(action="publish_survey").last()
    assert entry.facts["weights_sha256"] == found.weights_sha256
    assert (found.record["margins"][0]["source"], found.sheets) == ("统计年鉴", 80)
    one = Response.objects.filter(survey=survey).first()
    one.answers = {"q1": "2", "q2": ["2"]}
    one.save()
    assert results_of(survey)[1].options[0].share == after[1].options[0].share
    again = recompute(survey)
    assert (again.same, again.weights) == (False, False)
    assert set(again.questions) == {"q1", "q2", "q3"}


def test_published_figures_are_the_databases_to_keep_and_are_made_again_every_night():
    survey = asked_survey()
    operations.publish_survey(survey, actor=make_officer())
    kept = Findings.objects.get(survey=survey)
    for change in (kept.delete, lambda: Findings.objects.update(method="2")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert list(faults()) == []
    Response.objects.filter(answers__q1="2").delete()
    assert list(faults()) == [f"survey {survey.slug}: the sheets make other figures (q1, q2, q3)"]


def test_nothing_is_published_while_a_table_is_being_read():
    survey, officer = asked_survey(), make_officer()
    make_intake(survey, "sheet,q1,q2,q3\nA1,1,1,好\n".encode())
    with pytest.raises(WrongState, match="正在读取"):
        operations.publish_survey(survey, actor=officer)
    assert not Findings.objects.exists()
    intake_operations.read_all()
    operations.publish_survey(survey, actor=officer)
    assert Findings.objects.get().sheets == 81


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_row_comes_in_beside_the_figures_that_are_being_published(monkeypatch):
    monkeypatch.setattr(intake_operations, "BATCH", 3)
    for _turn in range(3):
        survey, officer = asked_survey(), make_officer()
        rows = "".join(f"A{number},1,1,好\n" for number in range(9))
        make_intake(survey, f"sheet,q1,q2,q3\n{rows}".encode())
        publish = partial(operations.publish_survey, survey, actor=officer)
        at_once(intake_operations.read_all, publish, publish)
        survey.refresh_from_db()
        if survey.state == SurveyState.CLOSED:
            publish()
        assert Findings.objects.get(survey=survey).sheets == survey.responses.count() == 89


def test_how_many_did_not_say_gives_no_small_group_away():
    survey = asked_survey()
    asked = list(survey.responses.order_by("pk"))
    for sheet in asked[:2]:  # two young ones do not say, three say that they are neither
        sheet.answers.pop("q1")
        sheet.save()
    for sheet in asked[2:5]:
        sheet.answers["q1"] = "3"
        sheet.save()
    option = survey.questions.get(code="q1").options.get(code="1")
    Option.objects.create(question=option.question, position=3, code="3", wording="其他")
    known(survey, groups=[(["1"], 500), (["2"], 400), (["3"], 100)])
    [margin] = freeze(survey).record["margins"]
    told = {tuple(level["codes"]): level["sheets"] for level in margin["levels"]}
    assert told == {("1",): 55, ("2",): None, ("3",): None, (): 2}


def test_the_open_file_names_nobody():
    survey = asked_survey(size=2)
    found = freeze(survey)
    lines = zlib.decompress(bytes(found.microdata)).decode().splitlines()
    assert lines[0] == "q1,industry,q2_1,q2_2,weight"
    assert (found.release["rows"], found.release["of"]) == (160, 160)
    assert found.release["k"] >= 5
    assert found.release["l"] >= 2
    assert "王经理" not in "\n".join(lines)


def test_totals_are_typed_or_brought_as_a_table_and_the_results_read_by_everybody(
    client, django_assert_max_num_queries
):
    survey, officer = asked_survey(), make_officer()
    client.force_login(officer)
    page = reverse("needs:set_totals", args=[survey.slug, "q1"])
    assert client.get(page).status_code == 200
    facts = {"source": "统计年鉴", "dated_on": "2024-12-31"}
    client.post(page, {**facts, "level.1": "500", "rest": "400"})
    assert survey.totals.get().groups == [[["1"], 500], [["2"], 400]]
    table = SimpleUploadedFile("t.csv", "组,人数\n青年,700\n中老年,300\n".encode())
    client.post(page, {**facts, "file": table})
    assert survey.totals.get().groups == [[["1"], 700], [["2"], 300]]
    broken = SimpleUploadedFile("t.csv", "青年,700\n老人,300\n".encode())
    refused = client.post(page, {**facts, "file": broken})
    assert "老人" in str(refused.context["form"].errors["file"])
    with django_assert_max_num_queries(12):
        weights = client.get(reverse("needs:weights", args=[survey.slug]))
    assert "统计年鉴" in weights.content.decode()
    came_out = weights.context["margins"][0]["rows"]
    assert [(row[0], row[2]) for row in came_out] == [("青年", 700), ("中老年", 300)]
    assert all(sheets and weight for _level, sheets, _total, weight in came_out)
    client.post(reverse("needs:limit_weights", args=[survey.slug]), {"most_weight": "4"})
    assert client.get(reverse("needs:cross", args=[survey.slug])).status_code == 200
    client.post(reverse("needs:publish_survey", args=[survey.slug]))
    with django_assert_max_num_queries(12):
        frozen = client.get(reverse("needs:weights", args=[survey.slug])).context["margins"][0]
    for (*facts, weight), (*before, was) in zip(frozen["rows"], came_out, strict=True):
        assert facts == before
        assert weight == pytest.approx(was, abs=0.001)
    client.logout()

    def page_of(name, query=""):
        with django_assert_max_num_queries(8):
            answer = client.get(reverse(f"needs:{name}", args=[survey.slug]) + query)
        return b"".join(answer).decode("utf-8-sig")

    assert "有效样本量" in page_of("survey")
    assert "32.9 %" in page_of("cross", "?row=q2&by=industry") or "–" in page_of("cross")
    rows = page_of("cross_csv", "?row=q2&by=q1").splitlines()
    assert rows[1].startswith("问题1,青年,问题2,咨询,40,60,0.6667,")
    assert (
        client.get(reverse("needs:cross_csv", args=[survey.slug]) + "?row=x&by=y").status_code
        == 400
    )
    assert "统计年鉴" in page_of("method")
    method = json.loads(page_of("method_json"))
    assert method["weights_sha256"] == survey.findings.weights_sha256
    assert method["margins"][0]["groups"] == [[["1"], 700], [["2"], 300]]
    assert page_of("microdata").startswith("q1,industry,q2_1,q2_2,weight")
    assert "caseQnty" in page_of("codebook")
    out = StringIO()
    call_command("recompute_survey", survey.slug, stdout=out)
    assert "the same" in out.getvalue()
