import cms.blocks.facts
import django.db.models.deletion
import foundation.clock
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bidding", "0001_initial"),
        ("marketplace", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="FaqPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("group", 5)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "heading", "max_length": 80},
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            2: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 1), ("answer", 2)]],
                                {},
                            ),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"label": "questions", "min_num": 1},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("questions", 4)]],
                                {},
                            ),
                        },
                        verbose_name="questions",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of questions and answers",
                "verbose_name_plural": "pages of questions and answers",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="GuidePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="before the steps",
                    ),
                ),
            ],
            options={
                "verbose_name": "guide",
                "verbose_name_plural": "guides",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="GuideStepPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a guide",
                "verbose_name_plural": "steps of guides",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="more, below the facts",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of news",
                "verbose_name_plural": "lists of news",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "on",
                    models.DateField(
                        db_index=True, default=foundation.clock.today, verbose_name="day"
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of news",
                "verbose_name_plural": "news",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ResultsPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of results and notices",
                "verbose_name_plural": "pages of results and notices",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="TextPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "text page",
                "verbose_name_plural": "text pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CallPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="the story",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.call",
                        verbose_name="call it tells of",
                    ),
                ),
            ],
            options={
                "verbose_name": "call page",
                "verbose_name_plural": "call pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ReportPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                            ("chart", 21),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                            20: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.question_choices, "label": "question"},
                            ),
                            21: ("wagtail.blocks.StructBlock", [[("question", 20)]], {}),
                        },
                        verbose_name="the report",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.survey",
                        verbose_name="survey it tells of",
                    ),
                ),
            ],
            options={
                "verbose_name": "report page",
                "verbose_name_plural": "report pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the title.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("prose", 0),
                            ("figures", 3),
                            ("calls", 4),
                            ("needs", 6),
                            ("project", 8),
                            ("flow", 9),
                            ("quote", 12),
                            ("answered", 15),
                            ("action", 19),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("projects", "projects"),
                                        ("amount", "money agreed for projects"),
                                        ("served", "people served"),
                                        ("organisations", "organisations that deliver"),
                                        ("paid", "money paid"),
                                    ],
                                    "label": "figure",
                                },
                            ),
                            2: (
                                "wagtail.blocks.ListBlock",
                                (1,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("figures", 2)]], {}),
                            4: ("cms.blocks.facts.OpenCalls", (), {}),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("count", 5)]], {}),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("project", 7)]], {}),
                            9: ("cms.blocks.facts.FundFlow", (), {}),
                            10: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            11: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 10), ("speaker", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            14: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 13), ("answer", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            17: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 16), ("page", 17), ("path", 18)]],
                                {},
                            ),
                        },
                        verbose_name="the story",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.project",
                        verbose_name="project it tells of",
                    ),
                ),
            ],
            options={
                "verbose_name": "story page",
                "verbose_name_plural": "story pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200, verbose_name="address")),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="visits")),
            ],
            options={
                "verbose_name": "visits of a page on a day",
                "verbose_name_plural": "visits",
                "indexes": [models.Index(fields=["day"], name="visit_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("path", "day"), name="visit_once_a_day")
                ],
            },
        ),
    ]
