"""A report as it is read: frozen and live facts, small cells, few queries, the paper."""

import io
import json
import uuid

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.test import RequestFactory
from django.utils.translation import override
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Page

from bidding.needs.models import Option, QuestionKind, Response
from bidding.needs.states import NeedState
from cms.blocks.facts import question_choices
from cms.models import Drawing, FrozenFact, ReportPage, ReportPaper
from cms.reports.operations import freeze_facts
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Forbidden
from foundation.people.models import Role
from tests.factories.calls import WAN
from tests.factories.ledger import give, make_fund
from tests.factories.needs import make_need, make_question, make_survey
from tests.factories.organisations import make_district
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def survey():
    """Thirty sheets to five questions of every kind that is charted, and one nobody answered."""
    survey = make_survey(state="published", title="调研", title_en="Survey", slug="asked")
    age = make_question(survey, "青年", "中年", kind=QuestionKind.SINGLE, wording="年龄？")
    make_question(survey, "托管", "夜校", wording=f"要什么？{HOSTILE}", wording_en="Which?")
    make_question(survey, "工资", "假期", "食堂", kind=QuestionKind.RANKING, wording="排序")
    levels = [
        {"wording": w, "wording_en": e} for w, e in (("否", "no"), ("可", "so"), ("是", "yes"))
    ]
    make_question(survey, "准时", "安全", kind=QuestionKind.GRID, wording="量表", levels=levels)
    make_question(survey, kind=QuestionKind.SCALE, wording="满意吗")
    make_question(survey, "一", "二", kind=QuestionKind.SINGLE, wording="没人答的题")
    district = make_district()
    Response.objects.bulk_create(
        Response(
            survey=survey,
            token=uuid.uuid4(),
            answered_at=clock.now(),
            district=district,
            answers={
                "q1": "1" if n < 20 else "2",
                "q2": ["1"] if n < 18 else ["1", "2"] if n < 27 else ["2"],
                "q3": ["2", "1", "3"] if n < 20 else ["3", "1", "2"],
                "q4": {"1": 3 if n < 15 else 1, "2": 2},
                "q5": 4 if n < 12 else 2 + n % 3,
            },
        )
        for n in range(30)
    )
    make_need(survey=survey, title="暑托", title_en="Day camps", option=age.options.first())
    return survey


def block(kind, value):
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def blocks_of(survey, hold="frozen"):
    """Every block of the vocabulary, twelve of them charts."""
    q = {question.code: str(question.pk) for question in survey.questions.all()}
    option = Option.objects.get(question=q["q2"], position=1)
    need = survey.needs.get()
    names = [f"answers:{survey.pk}", f"share:{option.pk}", f"need:{need.pk}", "paid"]
    charts = [("chart", {"question": q[code]}) for code in ("q1", "q2", "q3", "q4", "q5", "q6")]
    rows = [
        ("section", "第一节"),
        ("prose", "<p>文字</p>"),
        ("figures", {"figures": names}),
        *charts,
        ("cross", {"question": q["q2"], "by": q["q1"]}),
        ("cross", {"question": q["q2"], "by": "district"}),
        ("cross", {"question": q["q5"], "by": q["q1"]}),
        ("districts", {"shows": "answers"}),
        ("districts", {"shows": "all"}),
        ("flow", {"fund": ""}),
        ("needs", {"count": 3}),
        ("need", {"need": str(need.pk)}),
        ("projects", {"projects": ["GC-none"]}),
        ("quote", {"text": f"引文{HOSTILE}", "speaker": "某人"}),
        ("action", {"label": "去", "page": None, "path": "/needs/"}),
    ]
    held = ("figures", "chart", "cross", "districts", "flow", "needs", "need", "projects")
    return [block(kind, value | {"hold": hold} if kind in held else value) for kind, value in rows]


def put_up(survey, blocks, language="zh-hans", slug="told"):
    parent = Page.objects.get(slug="reports", locale__language_code=language)
    page = ReportPage(title="报告", slug=slug, survey=survey, locale=parent.locale)
    parent.add_child(instance=page)
    page.body = ReportPage._meta.get_field("body").to_python(json.dumps(blocks))
    page.save_revision().publish()
    return ReportPage.objects.get(pk=page.pk)


def read(client, page):
    cache.clear()
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_block_is_told_in_both_languages_in_few_queries(
    client, survey, django_assert_max_num_queries
):
    give(make_fund(500 * WAN), 300 * WAN)
    for language, words in (("zh-hans", "居首"), ("en", "leads with")):
        page = put_up(survey, blocks_of(survey), language)
        with django_assert_max_num_queries(20):
            client.get(page.url)
        with django_assert_max_num_queries(8):
            html = client.get(page.url).content.decode()
        assert words in html
        assert html.count('class="chart') >= 12
        assert "<script>alert" not in html
        assert " style=" not in html
        assert 'id="section-1"' in html
        assert 'href="#section-1"' in html
    assert set(Drawing.objects.values_list("language", flat=True)) == {"zh-hans", "en"}


def test_twelve_live_charts_take_no_more(client, survey, django_assert_max_num_queries):
    charts = [one for one in blocks_of(survey, hold="live") if one["type"] == "chart"]
    page = put_up(survey, charts + [one | {"id": str(uuid.uuid4())} for one in charts])
    client.get("/reports/")
    with django_assert_max_num_queries(20):
        html = client.get(page.url).content.decode()
    assert html.count("实时数据") == 12
    with django_assert_max_num_queries(8):
        client.get(page.url)


def test_small_cells_are_held_back_in_page_drawing_and_store(client, survey):
    page = put_up(survey, blocks_of(survey))
    html = read(client, page)
    assert "少于 5" in html or "少于5" in html
    for row in FrozenFact.objects.filter(page=page.pk):
        for count in counts_in(row.fact):
            assert count == 0 or count >= 5
    crossed = FrozenFact.objects.filter(page=page.pk, fact__kind="cross")
    assert any("'count': None" in str(row.fact) for row in crossed)


def counts_in(fact):
    if isinstance(fact, dict):
        if isinstance(fact.get("count"), int):
            yield fact["count"]
        for value in fact.values():
            yield from counts_in(value)
    elif isinstance(fact, list):
        for value in fact:
            yield from counts_in(value)


def test_frozen_facts_stand_until_published_anew_and_live_ones_move(client, survey):
    value = {"figures": [f"need:{survey.needs.get().pk}"]}
    blocks = [block("figures", value | {"hold": hold}) for hold in ("frozen", "live")]
    page = put_up(survey, blocks)
    before = FrozenFact.objects.get(page=page.pk)
    survey.needs.update(headcount=4321)
    html = read(client, page)
    assert "1,200" in html
    assert "4,321" in html
    assert before.digest[:12] in html
    page.save_revision().publish()
    html = read(client, page)
    assert "1,200" not in html
    after = FrozenFact.objects.get(page=page.pk)
    assert after.digest != before.digest
    entry = Entry.objects.filter(action="freeze_facts").order_by("-pk").first()
    assert entry.facts["digests"] == {blocks[0]["id"]: after.digest}


def test_what_is_gone_leaves_a_frozen_report_whole_and_a_live_one_without_it(client, survey):
    question = survey.questions.get(code="q3")
    value = {"question": str(question.pk)}
    blocks = [block("chart", value | {"hold": hold}) for hold in ("frozen", "live")]
    page = put_up(survey, blocks)
    question.delete()
    survey.needs.update(state=NeedState.RETIRED, retired_reason="已有别的渠道")
    assert read(client, page).count("<figure") == 1
    page.save_revision().publish()
    assert read(client, page).count("<figure") == 1


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_of_a_survey_is_told_before_its_results_are_public(client, survey, state):
    page = put_up(survey, blocks_of(survey))
    type(survey).objects.filter(pk=survey.pk).update(state=state)
    html = read(client, page)
    assert "<figure" not in html
    assert client.get(f"{page.url}report.pdf").status_code == 404


def test_the_paper_of_a_page_whose_time_is_over_is_gone_with_it(client, survey):
    page = put_up(survey, blocks_of(survey))
    assert client.get(f"{page.url}report.pdf").status_code == 200
    type(page).objects.filter(pk=page.pk).update(expire_at=clock.now())
    assert client.get(page.url).status_code == 404
    assert client.get(f"{page.url}report.pdf").status_code == 404


def test_a_preview_shows_every_block_with_data_and_without(rf: RequestFactory, survey):
    page = put_up(survey, blocks_of(survey))
    for number, found in enumerate((survey, make_survey(state="published"))):
        page.survey = found
        response = page.make_preview_request(preview_mode="")
        html = response.render().content.decode() if hasattr(response, "render") else ""
        assert response.status_code == 200
        assert "发布时固化" in html
        assert "此处没有可显示的内容" in html, number


def test_the_paper_is_made_once_for_each_publication(client, survey):
    page = put_up(survey, blocks_of(survey), "en")
    first = client.get(f"{page.url}report.pdf")
    data = b"".join(first.streaming_content)
    assert data.startswith(b"%PDF")
    assert first["Content-Disposition"] == 'attachment; filename="told-en.pdf"'
    again = client.get(f"{page.url}report.pdf")
    assert b"".join(again.streaming_content) == data
    assert ReportPaper.objects.count() == 1
    page.save_revision().publish()
    client.get(f"{page.url}report.pdf").close()
    assert ReportPaper.objects.count() == 2


def test_a_picture_is_drawn_anew_and_said_in_words(client, survey, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    body = io.BytesIO()
    exif = Picture.Exif()
    exif[0x010F] = "a camera of mine"
    Picture.new("RGB", (40, 30), "red").save(body, "JPEG", exif=exif)
    image = get_image_model().objects.create(title="x", file=ImageFile(body, name="x.jpg"))
    value = {"image": image.pk, "alt": f"红色{HOSTILE}", "caption": "图", "credit": ""}
    page = put_up(survey, [block("picture", value)])
    html = read(client, page)
    assert 'alt="红色&lt;script&gt;' in html
    assert 'width="40" height="30"' in html
    source = html.split('class="picture"')[1].split('<img src="')[1].split('"')[0]
    served = b"".join(client.get(source).streaming_content)
    assert served.startswith(b"\xff\xd8")
    assert b"camera" not in served
    assert client.get(source.replace("1400", "2000")).status_code == 403


def test_only_the_platform_freezes_and_nobody_publishes_without_the_right(client, survey):
    page = put_up(survey, blocks_of(survey))
    editor, stranger = person(Role.EDITOR), person(Role.AUDITOR)
    with pytest.raises(Forbidden):
        freeze_facts(page, actor=editor)
    before = list(FrozenFact.objects.values_list("digest", "frozen_at"))
    client.force_login(stranger, backend="foundation.people.backend.PeopleBackend")
    answer = client.post(f"/studio/pages/{page.pk}/edit/", {"action-publish": "1", "title": "x"})
    assert answer.status_code == 403
    assert list(FrozenFact.objects.values_list("digest", "frozen_at")) == before
    client.force_login(editor, backend="foundation.people.backend.PeopleBackend")
    address = f"/studio/pages/{page.pk}/edit/"
    assert client.get(address).status_code == 200
    form = {"title": "改过", "slug": page.slug, "survey": survey.pk, "body-count": "0"}
    client.post(address, form | {"action-publish": "1"})
    assert ReportPage.objects.get(pk=page.pk).live_revision_id == page.live_revision_id
    assert list(FrozenFact.objects.values_list("digest", "frozen_at")) == before


def test_questions_are_chosen_by_survey_in_both_languages_and_only_countable_ones(survey):
    make_question(survey, kind=QuestionKind.TEXT, wording="随便说说")
    make_question(make_survey(state="closed"), "一", wording="还没公布的")
    with override("zh-hans"):
        (name, rows), *others = question_choices()
    assert (name, others) == ("调研 · Survey", [])
    assert [words for _pk, words in rows][:2] == [
        "1. 年龄？ (单选)",
        f"2. 要什么？{HOSTILE} · Which? (多选)",
    ]
    assert len(rows) == 6
