import cms.blocks.facts
import cms.reports.numbers
import django.core.serializers.json
import django.db.models.deletion
import foundation.clock
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bidding", "0001_initial"),
        ("foundation", "0001_initial"),
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
            name="Drawing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("language", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=20)),
                ("style", models.CharField(max_length=16)),
                ("markup", models.TextField()),
                ("drawn_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "drawing",
                "verbose_name_plural": "drawings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "language", "kind", "style"), name="drawing_once"
                    )
                ],
            },
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
                            ("section", 0),
                            ("prose", 1),
                            ("picture", 6),
                            ("quote", 9),
                            ("figures", 13),
                            ("chart", 15),
                            ("cross", 17),
                            ("districts", 19),
                            ("needs", 21),
                            ("need", 23),
                            ("projects", 26),
                            ("flow", 28),
                            ("calls", 29),
                            ("action", 33),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Section", (), {}),
                            1: ("cms.blocks.words.Prose", (), {}),
                            2: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 2), ("alt", 3), ("caption", 4), ("credit", 5)]],
                                {},
                            ),
                            7: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            8: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            9: ("wagtail.blocks.StructBlock", [[("text", 7), ("speaker", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            11: (
                                "wagtail.blocks.ListBlock",
                                (10,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("frozen", "frozen when the page is published"),
                                        ("live", "live, as it is when the page is read"),
                                    ],
                                    "label": "the fact is",
                                },
                            ),
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("figures", 11), ("hold", 12)]],
                                {},
                            ),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.question_choices, "label": "question"},
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 14), ("hold", 12)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.group_choices,
                                    "label": "told apart by",
                                },
                            ),
                            17: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 14), ("by", 16), ("hold", 12)]],
                                {},
                            ),
                            18: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("answers", "answers to the survey"),
                                        ("needs", "needs"),
                                        ("projects", "projects and people served"),
                                        ("all", "all three"),
                                    ],
                                    "label": "shows",
                                },
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("shows", 18), ("hold", 12)]], {}),
                            20: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            21: ("wagtail.blocks.StructBlock", [[("count", 20), ("hold", 12)]], {}),
                            22: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.need_choices, "label": "need"},
                            ),
                            23: ("wagtail.blocks.StructBlock", [[("need", 22), ("hold", 12)]], {}),
                            24: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            25: (
                                "wagtail.blocks.ListBlock",
                                (24,),
                                {"label": "projects", "max_num": 9, "min_num": 1},
                            ),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("projects", 25), ("hold", 12)]],
                                {},
                            ),
                            27: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            28: ("wagtail.blocks.StructBlock", [[("fund", 27), ("hold", 12)]], {}),
                            29: ("cms.blocks.facts.OpenCalls", (), {}),
                            30: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            31: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            32: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            33: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 30), ("page", 31), ("path", 32)]],
                                {},
                            ),
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
                            ("picture", 5),
                            ("figures", 8),
                            ("calls", 9),
                            ("needs", 11),
                            ("project", 13),
                            ("flow", 15),
                            ("quote", 18),
                            ("answered", 21),
                            ("action", 25),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.words.Prose", (), {}),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "picture"},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who do not see the picture.",
                                    "label": "what it shows",
                                    "max_length": 200,
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "caption", "max_length": 200, "required": False},
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "who took it", "max_length": 80, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 1), ("alt", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.reports.numbers.figure_choices, "label": "figure"},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"label": "figures", "max_num": 4, "min_num": 1},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("figures", 7)]], {}),
                            9: ("cms.blocks.facts.OpenCalls", (), {}),
                            10: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 6,
                                    "label": "how many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            11: ("wagtail.blocks.StructBlock", [[("count", 10)]], {}),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": cms.blocks.facts.project_choices, "label": "project"},
                            ),
                            13: ("wagtail.blocks.StructBlock", [[("project", 12)]], {}),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cms.blocks.facts.fund_choices,
                                    "label": "fund",
                                    "required": False,
                                },
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("fund", 14)]], {}),
                            16: ("wagtail.blocks.TextBlock", (), {"label": "words"}),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "who said it"}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 16), ("speaker", 17)]],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "question", "max_length": 160},
                            ),
                            20: ("cms.blocks.words.Prose", (), {"label": "answer"}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("question", 19), ("answer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "label", "max_length": 40},
                            ),
                            23: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"label": "page", "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /calls/; without the language.",
                                    "label": "or an address on this site",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 22), ("page", 23), ("path", 24)]],
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
        migrations.CreateModel(
            name="FrozenFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.UUIDField(verbose_name="block")),
                (
                    "fact",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="fact"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen fact",
                "verbose_name_plural": "frozen facts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "block"), name="frozen_fact_once_a_block"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveBigIntegerField(verbose_name="revision")),
                ("made_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report on paper",
                "verbose_name_plural": "reports on paper",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "revision"), name="report_paper_once_a_revision"
                    )
                ],
            },
        ),
    ]
