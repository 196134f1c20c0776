import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=20,
                        null=True,
                        verbose_name="from opening to closing at least",
                    ),
                ),
                (
                    "amend_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=15,
                        null=True,
                        verbose_name="what a call says changes so long before the closing, or the closing moves",
                    ),
                ),
                (
                    "questions_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=3,
                        null=True,
                        verbose_name="questions end before the closing",
                    ),
                ),
                (
                    "wait_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=1,
                        null=True,
                        verbose_name="while a question is unanswered, the closing moves on by",
                    ),
                ),
                (
                    "least_proposals",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=1,
                        null=True,
                        verbose_name="valid proposals a lot needs at least",
                    ),
                ),
                (
                    "smallest_panel",
                    models.PositiveSmallIntegerField(
                        blank=True, default=3, null=True, verbose_name="judges at least"
                    ),
                ),
                (
                    "attachment_pages",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=200,
                        null=True,
                        verbose_name="pages of one attached PDF at most",
                    ),
                ),
                (
                    "least_price_weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        verbose_name="the price counts for at least",
                    ),
                ),
                (
                    "most_price_weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        verbose_name="the price counts for at most",
                    ),
                ),
                (
                    "least_notice_days",
                    models.PositiveSmallIntegerField(
                        blank=True, default=3, null=True, verbose_name="notice period at least"
                    ),
                ),
                (
                    "reminder_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=2,
                        null=True,
                        verbose_name="who owes an answer is reminded before it is due",
                    ),
                ),
                (
                    "sheet_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=3,
                        null=True,
                        verbose_name="judges with open sheets are reminded every",
                    ),
                ),
                (
                    "sheet_fee_fen",
                    models.PositiveIntegerField(
                        default=5000, verbose_name="honorarium for each final sheet"
                    ),
                ),
                (
                    "half_day_fee_fen",
                    models.PositiveIntegerField(
                        default=54000, verbose_name="honorarium for half a day at the roadshow"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("contest", "venture contest"), ("procurement", "procurement")],
                        max_length=20,
                        verbose_name="kind of call",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                ),
                ("summary", models.TextField(verbose_name="in a few words")),
                (
                    "summary_en",
                    models.TextField(blank=True, verbose_name="in a few words, in English"),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("questions_until", models.DateTimeField(verbose_name="questions until")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="envelopes opened"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="result published"),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="notice period in working days"
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days to answer an objection in"
                    ),
                ),
                (
                    "knowing_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        verbose_name="working days to object in after learning of the ground",
                    ),
                ),
                (
                    "complaint_days",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="working days to complain about an answer in"
                    ),
                ),
                (
                    "decision_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="days to decide a complaint in"
                    ),
                ),
                (
                    "cure_days",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="working days to cure a fault in"
                    ),
                ),
                ("panel_size", models.PositiveSmallIntegerField(default=3, verbose_name="judges")),
                (
                    "judges_drawn",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="judges drawn in all"
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[
                            (
                                "trimmed",
                                "mean without the highest and the lowest (from five judges up)",
                            ),
                            ("median", "median"),
                            ("mean", "mean"),
                            (
                                "adjusted",
                                "paper review: each judge's leniency taken out, far scores drawn in",
                            ),
                        ],
                        default="trimmed",
                        max_length=20,
                        verbose_name="how scores are put together",
                    ),
                ),
                (
                    "tie_rule",
                    models.CharField(
                        choices=[
                            ("criteria", "the criteria in their order, then the earlier receipt"),
                            ("lottery", "a lot drawn by the public seed"),
                        ],
                        default="criteria",
                        max_length=20,
                        verbose_name="what decides between equal scores",
                    ),
                ),
                (
                    "line_rule",
                    models.CharField(
                        choices=[
                            ("order", "the order of the ranking stands"),
                            (
                                "discussion",
                                "the panel discusses them before the ranking is computed",
                            ),
                            (
                                "lottery",
                                "a lot is drawn among them, by a public draw of the days after",
                            ),
                        ],
                        default="order",
                        max_length=20,
                        verbose_name="where intervals cross the line at which a lot's money ends",
                    ),
                ),
                (
                    "lottery_source",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        verbose_name="the public draw that decides by lot",
                    ),
                ),
                (
                    "discussion_points",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="the panel discusses proposals whose judges differ by so many points",
                    ),
                ),
                (
                    "bonus_points",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="bonus for co-funding, points at most"
                    ),
                ),
                (
                    "bonus_full_percent",
                    models.PositiveSmallIntegerField(
                        default=30,
                        verbose_name="own share of the budget that earns the whole bonus, in percent",
                    ),
                ),
                (
                    "management_cap_percent",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="management costs at most, in percent"
                    ),
                ),
                (
                    "custody",
                    models.CharField(
                        choices=[
                            ("time", "by time: the platform opens them at the closing"),
                            ("officers", "by officers: two keepers of the key open them together"),
                        ],
                        default="time",
                        max_length=20,
                        verbose_name="who opens the envelopes",
                    ),
                ),
                (
                    "blind",
                    models.BooleanField(
                        default=False, verbose_name="judges do not learn whose a proposal is"
                    ),
                ),
                ("blind_reason", models.TextField(blank=True, verbose_name="why they do not")),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, verbose_name="why it was cancelled"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("published", "published"),
                            ("cancelled", "cancelled"),
                            ("void", "void"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reruns",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rerun_by",
                        to="bidding.call",
                        verbose_name="runs again",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["cancelled", "draft", "published", "void"])
                        ),
                        name="call_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_days__range", (1, 60)),
                            ("complaint_days__range", (1, 60)),
                            ("cure_days__range", (1, 30)),
                            ("decision_days__range", (1, 60)),
                            ("knowing_days__range", (1, 30)),
                            ("notice_days__range", (1, 60)),
                        ),
                        name="call_rules_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="call_opens_before_closing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("questions_until__lte", models.F("closes_at"))),
                        name="call_questions_before_closing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_at", None),
                            ("opened_at__gte", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="call_opened_after_closing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("panel_size__gte", 3), ("panel_size__in", [3, 5, 7, 9, 11, 13])
                        ),
                        name="call_panel_odd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judges_drawn", None),
                            models.Q(
                                ("judges_drawn__gte", models.F("panel_size")),
                                ("judges_drawn__lte", 400),
                            ),
                            _connector="OR",
                        ),
                        name="call_judges_suffice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("management_cap_percent__lte", 100)),
                        name="call_management_cap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bonus_full_percent__range", (1, 100)), ("bonus_points__lte", 20)
                        ),
                        name="call_bonus_capped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_rule__in", ["order", "discussion", "lottery"]),
                            models.Q(
                                ("discussion_points", None),
                                ("discussion_points__range", (1, 100)),
                                _connector="OR",
                            ),
                        ),
                        name="call_discussion_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("custody__in", ["time", "officers"])),
                        name="call_custody_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blind", False),
                            models.Q(("blind_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="call_blind_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "code",
                    models.SlugField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="code"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="position"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("name_en", models.CharField(max_length=60, verbose_name="name in English")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "description_en",
                    models.TextField(blank=True, verbose_name="description in English"),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LiveSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sent_as",
                    models.UUIDField(
                        blank=True, null=True, unique=True, verbose_name="key of the sending"
                    ),
                ),
                (
                    "final_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="final since"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("final", "final"), ("void", "set aside")],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "live score sheet",
                "verbose_name_plural": "live score sheets",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "final", "void"])),
                        name="live_sheet_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one choice"),
                            ("multiple", "several choices"),
                            ("ranking", "ranking"),
                            ("grid", "grid of statements"),
                            ("scale", "scale from 1 to 5"),
                            ("number", "a number"),
                            ("text", "free text"),
                            ("district", "district"),
                            ("industry", "industry"),
                            ("section", "section heading"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("wording", models.CharField(max_length=200, verbose_name="question")),
                (
                    "wording_en",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="question in English"
                    ),
                ),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="hint")),
                (
                    "hint_en",
                    models.CharField(blank=True, max_length=240, verbose_name="hint in English"),
                ),
                ("required", models.BooleanField(default=True, verbose_name="must be answered")),
                ("levels", models.JSONField(blank=True, default=list, verbose_name="levels")),
                ("least", models.IntegerField(blank=True, null=True, verbose_name="least")),
                ("most", models.IntegerField(blank=True, null=True, verbose_name="most")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="asked if")),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "district",
                                    "grid",
                                    "industry",
                                    "multiple",
                                    "number",
                                    "ranking",
                                    "scale",
                                    "section",
                                    "single",
                                    "text",
                                ],
                            )
                        ),
                        name="question_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallKey",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="bidding.call",
                    ),
                ),
                ("public", models.BinaryField()),
                ("needed", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "call's key",
                "verbose_name_plural": "calls' keys",
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=60, verbose_name="criterion")),
                (
                    "name_en",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="criterion in English"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="what it asks")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                (
                    "by_price",
                    models.BooleanField(default=False, verbose_name="worked out from the price"),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("paper", "on paper"), ("roadshow", "at the roadshow")],
                        default="paper",
                        max_length=10,
                        verbose_name="scored",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="bidding.call",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "position"), name="criterion_position_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("by_price", True)),
                        fields=("call",),
                        name="criterion_one_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                        name="criterion_weight_1_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["paper", "roadshow"]),
                            models.Q(("by_price", False), ("stage", "paper"), _connector="OR"),
                        ),
                        name="criterion_stage_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field_of_work", models.CharField(max_length=120, verbose_name="field of work")),
                ("available", models.BooleanField(default=True, verbose_name="may be drawn")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expert",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "expert",
                "verbose_name_plural": "experts",
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("employee", "employee"),
                            ("director", "director"),
                            ("supervisor", "supervisor"),
                            ("owner", "owner"),
                            ("kin", "kin of its head"),
                            ("coach", "coached its proposal"),
                        ],
                        max_length=20,
                        verbose_name="tie",
                    ),
                ),
                ("began_on", models.DateField(verbose_name="since")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="bidding.expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "tie",
                "verbose_name_plural": "ties",
            },
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "knows it"), (2, "works in it"), (3, "leads in it")],
                        null=True,
                        verbose_name="confirmed level",
                    ),
                ),
                (
                    "stated_level",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="stated level"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.category",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expertise",
                        to="bidding.expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "expertise",
                "verbose_name_plural": "expertise",
                "ordering": ["category__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("expert", "category"), name="expertise_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at", None), ("confirmed_by", None), ("level", None)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("level__in", [1, 2, 3]),
                            ),
                            _connector="OR",
                        ),
                        name="expertise_confirmed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_level", None), ("stated_level__lte", 3), _connector="OR"
                        ),
                        name="expertise_stated_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__isnull", False), ("stated_level__gte", 1), _connector="OR"
                        ),
                        name="expertise_says_something",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="expert",
            name="categories",
            field=models.ManyToManyField(
                blank=True,
                related_name="experts",
                through="bidding.Expertise",
                to="bidding.category",
            ),
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="handed in")),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows read")),
                (
                    "share_done",
                    models.PositiveSmallIntegerField(default=0, verbose_name="percent read"),
                ),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="taken in")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
                (
                    "fault",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was broken off"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "being read"),
                            ("done", "done"),
                            ("broken", "broken off"),
                        ],
                        db_index=True,
                        default="reading",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "table of answers",
                "verbose_name_plural": "tables of answers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["broken", "done", "reading"])),
                        name="intake_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows_done",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("accepted"), "+", models.F("refused")
                                ),
                            )
                        ),
                        name="intake_rows_add_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeeperKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public", models.BinaryField()),
                ("private_locked", models.BinaryField()),
                ("salt", models.BinaryField()),
                ("log_n", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keeper_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "keeper's key",
                "verbose_name_plural": "keepers' keys",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("person",),
                        name="keeper_key_one_in_use",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LiveScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points_hundredths", models.PositiveIntegerField(verbose_name="points, 0 to 100")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_scores",
                        to="bidding.criterion",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="bidding.livesheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "live score",
                "verbose_name_plural": "live scores",
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "criterion"), name="live_score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("points_hundredths__lte", 10000)),
                        name="live_score_0_to_100",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ceiling_fen", models.BigIntegerField(verbose_name="money for the lot")),
                (
                    "proposal_ceiling_fen",
                    models.BigIntegerField(verbose_name="money for one proposal at most"),
                ),
                (
                    "least_proposals",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="valid proposals needed"
                    ),
                ),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="declared void"),
                ),
                ("void_reason", models.TextField(blank=True, verbose_name="why it is void")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="bidding.call",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="bidding.category",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "ordering": ["category__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "category"), name="lot_category_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ceiling_fen__gt", 0),
                            ("proposal_ceiling_fen__gt", 0),
                            ("proposal_ceiling_fen__lte", models.F("ceiling_fen")),
                        ),
                        name="lot_ceilings_hold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None)),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="lot_void_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lottery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="public draw")),
                ("issue", models.CharField(max_length=40, verbose_name="issue")),
                ("drawn_at", models.DateTimeField(verbose_name="held")),
                ("reason", models.TextField(blank=True, verbose_name="why another issue")),
                ("announced_at", models.DateTimeField(verbose_name="announced")),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lots at the line",
                "verbose_name_plural": "lots at the line",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("drawn_at__gt", models.F("announced_at"))),
                        name="lottery_announced_before",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                ),
                ("audience", models.CharField(max_length=120, verbose_name="who")),
                (
                    "audience_en",
                    models.CharField(blank=True, max_length=160, verbose_name="who, in English"),
                ),
                ("headcount", models.PositiveIntegerField(verbose_name="how many")),
                ("urgency", models.PositiveSmallIntegerField(verbose_name="how urgent, 1 to 5")),
                (
                    "asked",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="question it came from"
                    ),
                ),
                (
                    "asked_en",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="question in English"
                    ),
                ),
                (
                    "named",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="answer it came from"
                    ),
                ),
                (
                    "named_en",
                    models.CharField(blank=True, max_length=160, verbose_name="answer in English"),
                ),
                ("chosen", models.PositiveIntegerField(verbose_name="answers that named it")),
                ("answered", models.PositiveIntegerField(verbose_name="answers to the question")),
                ("share", models.FloatField(blank=True, null=True, verbose_name="weighted share")),
                (
                    "low",
                    models.FloatField(
                        blank=True, null=True, verbose_name="lower end of its interval"
                    ),
                ),
                (
                    "high",
                    models.FloatField(
                        blank=True, null=True, verbose_name="upper end of its interval"
                    ),
                ),
                (
                    "effective",
                    models.FloatField(
                        blank=True, null=True, verbose_name="effective number of answers"
                    ),
                ),
                (
                    "severity",
                    models.FloatField(
                        blank=True, null=True, verbose_name="how severe workers say it is, of 1"
                    ),
                ),
                (
                    "severity_low",
                    models.FloatField(
                        blank=True, null=True, verbose_name="lower end of its interval"
                    ),
                ),
                (
                    "severity_high",
                    models.FloatField(
                        blank=True, null=True, verbose_name="upper end of its interval"
                    ),
                ),
                (
                    "priority_low",
                    models.FloatField(
                        blank=True, null=True, verbose_name="lower end of the priority's"
                    ),
                ),
                (
                    "priority_high",
                    models.FloatField(
                        blank=True, null=True, verbose_name="upper end of the priority's"
                    ),
                ),
                (
                    "retired_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was retired"),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("published", "published"),
                            ("retired", "retired"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="bidding.category",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="foundation.district",
                        verbose_name="where",
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "retired"])),
                        name="need_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__gte", 1), ("urgency__lte", 5)),
                        name="need_urgency_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__lte", models.F("answered"))),
                        name="need_share_at_most_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share", None),
                            models.Q(
                                ("high__lte", 1),
                                ("low__gte", 0),
                                ("low__lte", models.F("share")),
                                ("share__lte", models.F("high")),
                            ),
                            _connector="OR",
                        ),
                        name="need_share_in_its_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "retired"), _negated=True),
                            models.Q(("retired_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="need_retired_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="needs",
            field=models.ManyToManyField(
                blank=True, related_name="calls", to="bidding.need", verbose_name="needs"
            ),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
                ("body", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="working days")),
                ("published_at", models.DateTimeField(verbose_name="published")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="bidding.call",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-published_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="notice_period_forward",
                    ),
                    models.UniqueConstraint(
                        fields=("call", "sha256"), name="notice_same_content_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Numbers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numbers", models.CharField(max_length=120, verbose_name="numbers")),
                ("reason", models.TextField(blank=True, verbose_name="why corrected")),
                ("typed_at", models.DateTimeField(verbose_name="typed")),
                (
                    "lottery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="bidding.lottery",
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "numbers of a public draw",
                "verbose_name_plural": "numbers of public draws",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("numbers", ""), _negated=True), name="numbers_are_there"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("wording", models.CharField(max_length=120, verbose_name="choice")),
                (
                    "wording_en",
                    models.CharField(blank=True, max_length=160, verbose_name="choice in English"),
                ),
                (
                    "is_other",
                    models.BooleanField(default=False, verbose_name="“other”, in one's own words"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="bidding.category",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="bidding.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "position"), name="option_position_once"
                    ),
                    models.UniqueConstraint(fields=("question", "code"), name="option_code_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="need",
            name="option",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="bidding.option",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="severity_row",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bidding.option",
                verbose_name="line of a grid that says how severe it is",
            ),
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                (
                    "inputs",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("drawn_at", models.DateTimeField()),
                (
                    "assignment",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="judges reminded"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("drawn", "drawn"), ("scoring", "scoring"), ("closed", "closed")],
                        db_index=True,
                        default="drawn",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panel",
                        to="bidding.call",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "panel",
                "verbose_name_plural": "panels",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["closed", "drawn", "scoring"])),
                        name="panel_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("closed", "closed"),
                            ("dropped", "void, judged anew"),
                        ],
                        db_index=True,
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="bidding.panel",
                    ),
                ),
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["closed", "dropped", "open"])),
                        name="discussion_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "dropped"), _negated=True),
                        fields=("panel",),
                        name="discussion_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                        name="discussion_has_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField(default=b"")),
                ("sealed_key", models.BinaryField(default=b"")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="in a few words")),
                (
                    "audience",
                    models.CharField(blank=True, max_length=200, verbose_name="whom it serves"),
                ),
                (
                    "headcount",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="how many people"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends")),
                (
                    "goals",
                    models.TextField(blank=True, verbose_name="goals and how they are measured"),
                ),
                ("plan", models.TextField(blank=True, verbose_name="activities")),
                (
                    "risks",
                    models.TextField(blank=True, verbose_name="risks and what is done about them"),
                ),
                (
                    "sustainability",
                    models.TextField(blank=True, verbose_name="what stays when the money ends"),
                ),
                (
                    "special",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="what the category asks beyond"
                    ),
                ),
                (
                    "least_fen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="least acceptable"),
                ),
                ("serial", models.CharField(max_length=6, verbose_name="number in the call")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("section_revisions", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted, sealed"),
                            ("withdrawn", "withdrawn"),
                            ("damaged", "damaged, not opened"),
                            ("opened", "opened"),
                            ("curing", "to be cured"),
                            ("eligible", "admitted"),
                            ("refused", "not admitted"),
                            ("ranked", "ranked"),
                            ("awarded", "awarded"),
                            ("unfunded", "not funded"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="bidding.call",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "districts",
                    models.ManyToManyField(
                        blank=True,
                        related_name="proposals",
                        to="foundation.district",
                        verbose_name="where",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="bidding.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "needs",
                    models.ManyToManyField(
                        blank=True,
                        related_name="proposals",
                        to="bidding.need",
                        verbose_name="needs it answers",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "awarded",
                                    "curing",
                                    "damaged",
                                    "draft",
                                    "eligible",
                                    "opened",
                                    "ranked",
                                    "refused",
                                    "submitted",
                                    "unfunded",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="proposal_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("call", "organisation"), name="proposal_one_per_organisation"
                    ),
                    models.UniqueConstraint(fields=("call", "serial"), name="proposal_serial_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("starts_on__lt", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="proposal_begins_before_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["damaged", "draft", "submitted", "withdrawn"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("audience", ""),
                                ("ends_on", None),
                                ("goals", ""),
                                ("headcount", None),
                                ("least_fen", None),
                                ("plan", ""),
                                ("risks", ""),
                                ("special", {}),
                                ("starts_on", None),
                                ("summary", ""),
                                ("sustainability", ""),
                                ("title", ""),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_sealed_tells_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedMilestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="to be done by")),
                (
                    "measure",
                    models.CharField(max_length=200, verbose_name="how one sees it is done"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned milestone",
                "verbose_name_plural": "planned milestones",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what it does in the project"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked, not answered"),
                            ("confirmed", "confirmed"),
                            ("refused", "not taking part"),
                            ("dropped", "not asked any more"),
                        ],
                        db_index=True,
                        default="asked",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "confirmed", "dropped", "refused"])
                        ),
                        name="partner_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("proposal", "organisation"), name="partner_asked_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=120, verbose_name="phone or e-mail"),
                ),
                ("text", models.TextField(verbose_name="what is wrong, and what shows it")),
                ("filed_at", models.DateTimeField(verbose_name="filed")),
                (
                    "known_on",
                    models.DateField(blank=True, null=True, verbose_name="when they learned of it"),
                ),
                ("language", models.CharField(blank=True, max_length=10)),
                ("answer_due_on", models.DateField(null=True, verbose_name="to be answered by")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("complaint", models.TextField(blank=True, verbose_name="complaint")),
                ("complained_at", models.DateTimeField(null=True, verbose_name="complained")),
                ("decision_due_on", models.DateField(null=True, verbose_name="to be decided by")),
                ("decision", models.TextField(blank=True, verbose_name="decision")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be answered"),
                            ("filed", "filed without a name"),
                            ("dismissed", "dismissed"),
                            ("upheld", "upheld"),
                            ("retracted", "taken back"),
                            ("complained", "complaint to be decided"),
                            ("rejected", "complaint rejected"),
                        ],
                        db_index=True,
                        default="filed",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections_assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="bidding.notice",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["filed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "complained",
                                    "dismissed",
                                    "filed",
                                    "open",
                                    "rejected",
                                    "retracted",
                                    "upheld",
                                ],
                            )
                        ),
                        name="objection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "filed"),
                            models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("contact", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_open_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("answered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_decided_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("notice", "proposal", "contact"),
                        name="objection_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HiddenWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=80, verbose_name="word")),
                ("hidden_at", models.DateTimeField(verbose_name="hidden")),
                (
                    "hidden_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hidden_words",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "hidden word",
                "verbose_name_plural": "hidden words",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "word"), name="hidden_word_once"),
                    models.CheckConstraint(
                        condition=models.Q(("word", ""), _negated=True),
                        name="hidden_word_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discussed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("spread", "its judges differ by as much as the call names"),
                            ("line", "its interval crosses the line where its lot's money ends"),
                            ("named", "an officer named it"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="bidding.discussion",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussed",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal discussed",
                "verbose_name_plural": "proposals discussed",
                "ordering": ["proposal__serial"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("discussion", "proposal"), name="discussed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", "named"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="discussed_named_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("activity", "activities"),
                            ("management", "management"),
                            ("tax", "tax"),
                        ],
                        max_length=20,
                        verbose_name="group",
                    ),
                ),
                ("item", models.CharField(max_length=120, verbose_name="item")),
                ("unit", models.CharField(max_length=20, verbose_name="unit")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("unit_price_fen", models.BigIntegerField(verbose_name="price of one")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("seed", "seed fund"),
                            ("buyer", "union buyers"),
                            ("own", "the organisation's own"),
                        ],
                        default="seed",
                        max_length=20,
                        verbose_name="paid from",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0), ("unit_price_fen__gt", 0)),
                        name="budget_line_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BlindCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number for the judges")),
                ("texts", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blind_copies",
                        to="bidding.panel",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blind_copy",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "blind copy",
                "verbose_name_plural": "blind copies",
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "number"), name="blind_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="blind_number_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="what it is")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("policy", models.CharField(max_length=20, verbose_name="policy")),
                (
                    "inputs",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "reliability",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("computed_at", models.DateTimeField()),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ranking",
                        to="bidding.call",
                    ),
                ),
                (
                    "computed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ranking",
                "verbose_name_plural": "rankings",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveIntegerField(verbose_name="rank")),
                ("score_ten_thousandths", models.PositiveIntegerField(verbose_name="score")),
                ("judges", models.PositiveSmallIntegerField(verbose_name="judges")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="place",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "ranking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="bidding.ranking",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("ranking", "rank"), name="place_rank_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score_ten_thousandths__lte", 1200000), ("rank__gte", 1)
                        ),
                        name="place_sane",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="lottery",
            name="ranking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lotteries",
                to="bidding.ranking",
            ),
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_rank", models.PositiveIntegerField(verbose_name="from rank")),
                ("to_rank", models.PositiveIntegerField(verbose_name="to rank")),
                ("reason", models.TextField(verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="bidding.place",
                    ),
                ),
                (
                    "ranking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="bidding.ranking",
                    ),
                ),
            ],
            options={
                "verbose_name": "departure from the computed order",
                "verbose_name_plural": "departures from the computed order",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="departure_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_rank", models.F("to_rank")), _negated=True),
                        name="departure_moves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="line")),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("cells", models.JSONField(verbose_name="cells")),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="bidding.intake",
                    ),
                ),
            ],
            options={
                "verbose_name": "refused row",
                "verbose_name_plural": "refused rows",
                "ordering": ["line"],
                "constraints": [
                    models.UniqueConstraint(fields=("intake", "line"), name="refused_row_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Restart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "seats",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="seats set aside",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restarts",
                        to="bidding.panel",
                    ),
                ),
            ],
            options={
                "verbose_name": "judging begun anew",
                "verbose_name_plural": "judgings begun anew",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="restart_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Roadshow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("place", models.CharField(max_length=120, verbose_name="venue")),
                ("begins_at", models.DateTimeField(verbose_name="begins")),
                (
                    "talk_minutes",
                    models.PositiveSmallIntegerField(default=8, verbose_name="minutes to talk"),
                ),
                (
                    "questions_minutes",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="minutes for questions"
                    ),
                ),
                (
                    "break_minutes",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="minutes between turns"
                    ),
                ),
                (
                    "rest_after",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="a rest after so many turns"
                    ),
                ),
                (
                    "rest_minutes",
                    models.PositiveSmallIntegerField(default=0, verbose_name="minutes of the rest"),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                (
                    "order_reason",
                    models.TextField(blank=True, verbose_name="why the order was set"),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("announced", "announced"),
                            ("running", "running"),
                            ("paused", "paused"),
                            ("finished", "finished"),
                        ],
                        db_index=True,
                        default="planned",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadshows",
                        to="bidding.call",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadshows",
                        to="bidding.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "roadshow",
                "verbose_name_plural": "roadshows",
                "ordering": ["begins_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["announced", "finished", "paused", "planned", "running"])
                        ),
                        name="roadshow_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lot", None)),
                        fields=("call",),
                        name="roadshow_call_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lot__isnull", False)),
                        fields=("lot",),
                        name="roadshow_lot_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("break_minutes__lte", 240),
                            ("questions_minutes__lte", 240),
                            ("rest_minutes__lte", 240),
                            ("talk_minutes__range", (1, 240)),
                        ),
                        name="roadshow_minutes_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("planned_days", "from opening to closing, as planned"),
                            ("window_days", "from opening to closing at least"),
                            (
                                "amend_days",
                                "what a call says changes so long before the closing, or the closing moves",
                            ),
                            ("questions_days", "questions end before the closing"),
                            (
                                "wait_days",
                                "while a question is unanswered, the closing moves on by",
                            ),
                            ("least_proposals", "valid proposals a lot needs at least"),
                            ("smallest_panel", "judges at least"),
                            ("panel_size", "judges"),
                            ("least_price_weight", "the price counts for at least"),
                            ("most_price_weight", "the price counts for at most"),
                            ("management_cap_percent", "management costs at most"),
                            ("attachment_pages", "pages of one attached PDF at most"),
                            ("cure_days", "time to cure a fault found in screening"),
                            ("least_notice_days", "notice period at least"),
                            ("notice_days", "notice period"),
                            ("answer_days", "time to answer an objection"),
                            ("knowing_days", "time to object after learning of the ground"),
                            ("complaint_days", "time to complain about an answer"),
                            ("decision_days", "time to decide a complaint"),
                            ("reminder_days", "who owes an answer is reminded before it is due"),
                            ("sheet_days", "judges with open sheets are reminded every"),
                            ("sheet_fee_fen", "honorarium for each final sheet"),
                            ("half_day_fee_fen", "honorarium for half a day at the roadshow"),
                        ],
                        max_length=30,
                        verbose_name="rule",
                    ),
                ),
                ("before", models.PositiveIntegerField(null=True)),
                ("after", models.PositiveIntegerField(null=True)),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_changes",
                        to="bidding.call",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "changed rule of a call",
                "verbose_name_plural": "changed rules of calls",
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="kind of call")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("planned_days", "from opening to closing, as planned"),
                            ("window_days", "from opening to closing at least"),
                            (
                                "amend_days",
                                "what a call says changes so long before the closing, or the closing moves",
                            ),
                            ("questions_days", "questions end before the closing"),
                            (
                                "wait_days",
                                "while a question is unanswered, the closing moves on by",
                            ),
                            ("least_proposals", "valid proposals a lot needs at least"),
                            ("smallest_panel", "judges at least"),
                            ("panel_size", "judges"),
                            ("least_price_weight", "the price counts for at least"),
                            ("most_price_weight", "the price counts for at most"),
                            ("management_cap_percent", "management costs at most"),
                            ("attachment_pages", "pages of one attached PDF at most"),
                            ("cure_days", "time to cure a fault found in screening"),
                            ("least_notice_days", "notice period at least"),
                            ("notice_days", "notice period"),
                            ("answer_days", "time to answer an objection"),
                            ("knowing_days", "time to object after learning of the ground"),
                            ("complaint_days", "time to complain about an answer"),
                            ("decision_days", "time to decide a complaint"),
                            ("reminder_days", "who owes an answer is reminded before it is due"),
                            ("sheet_days", "judges with open sheets are reminded every"),
                            ("sheet_fee_fen", "honorarium for each final sheet"),
                            ("half_day_fee_fen", "honorarium for half a day at the roadshow"),
                        ],
                        max_length=30,
                        verbose_name="rule",
                    ),
                ),
                ("value", models.PositiveIntegerField(null=True, verbose_name="number")),
                ("reason", models.TextField(verbose_name="reason")),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of a rule set",
                "verbose_name_plural": "rules of rule sets",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "rule"), name="rule_setting_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["contest", "procurement"])),
                        name="rule_setting_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("admit", "admitted"),
                            ("cure", "to be cured"),
                            ("refuse", "not admitted"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "cure_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="to be cured until"),
                ),
                ("cured_at", models.DateTimeField(blank=True, null=True, verbose_name="cured")),
                ("cure_note", models.TextField(blank=True, verbose_name="what was mended")),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "screening",
                "verbose_name_plural": "screenings",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "admit"),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="screening_refusal_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place in the draw")),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="declared"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why the judge stepped back"
                    ),
                ),
                (
                    "left_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="stepped back"),
                ),
                (
                    "named_because",
                    models.TextField(blank=True, verbose_name="why the judge was named, not drawn"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("seated", "seated"),
                            ("recused", "stepped back"),
                        ],
                        db_index=True,
                        default="invited",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="bidding.expert",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="bidding.panel",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["invited", "recused", "seated"])),
                        name="seat_state_known",
                    ),
                    models.UniqueConstraint(fields=("panel", "expert"), name="seat_expert_once"),
                    models.UniqueConstraint(
                        fields=("panel", "position"), name="seat_position_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(verbose_name="what was said in the discussion")),
                ("said_at", models.DateTimeField(verbose_name="put down")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="bidding.discussed",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="bidding.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="minute_says_something",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="livesheet",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="live_sheets",
                to="bidding.seat",
            ),
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "declared",
                    models.BooleanField(default=False, verbose_name="declared by the judge"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("found_at", models.DateTimeField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="bidding.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "constraints": [
                    models.UniqueConstraint(fields=("seat", "proposal"), name="conflict_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "comment",
                    models.TextField(blank=True, verbose_name="comment for the organisation"),
                ),
                (
                    "final_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="final since"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("final", "final"), ("void", "set aside")],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="bidding.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "score sheet",
                "verbose_name_plural": "score sheets",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "final", "void"])),
                        name="sheet_state_known",
                    ),
                    models.UniqueConstraint(fields=("seat", "proposal"), name="sheet_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points_hundredths",
                    models.PositiveIntegerField(null=True, verbose_name="points, 0 to 100"),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="bidding.criterion",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="bidding.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "criterion"), name="score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("points_hundredths__lte", 10000)), name="score_0_to_100"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="before",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="after"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="revised")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="bidding.discussed",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="bidding.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="revision_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "receipt",
                    models.CharField(max_length=40, unique=True, verbose_name="receipt number"),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        verbose_name="revision of the draft it was made from"
                    ),
                ),
                ("sealed", models.BinaryField(default=b"")),
                ("key_for_organisation", models.BinaryField(default=b"")),
                ("key_for_call", models.BinaryField(default=b"")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("submitted_at", models.DateTimeField(verbose_name="handed in")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "version"), name="submission_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenedContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened",
                        to="bidding.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "opened envelope",
                "verbose_name_plural": "opened envelopes",
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("language", models.CharField(blank=True, max_length=10)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "categories",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="bidding.category",
                        verbose_name="categories",
                    ),
                ),
                (
                    "districts",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="foundation.district",
                        verbose_name="districts",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_subscription",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription to calls",
                "verbose_name_plural": "subscriptions to calls",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("person__isnull", False)),
                            models.Q(("person", None), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="subscription_of_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False), ("person", None)),
                        fields=("address",),
                        name="subscription_address_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=60, unique=True, verbose_name="short name in the address"
                    ),
                ),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                ("intro_en", models.TextField(blank=True, verbose_name="introduction in English")),
                (
                    "population",
                    models.PositiveIntegerField(default=0, verbose_name="workers it speaks for"),
                ),
                (
                    "most_sheets",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="answers it needs at most"
                    ),
                ),
                (
                    "most_weight",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="largest weight"
                    ),
                ),
                ("link", models.CharField(max_length=12, unique=True, verbose_name="short link")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="fingerprint of the questions"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("published", "published"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="bidding.survey",
                        verbose_name="follows",
                    ),
                ),
            ],
            options={
                "verbose_name": "survey",
                "verbose_name_plural": "surveys",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["closed", "draft", "open", "published"])),
                        name="survey_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="survey_opens_before_closing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("earlier", None), ("version", 1)),
                            models.Q(("earlier__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="survey_version_follows_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("web", "on line"), ("paper", "on paper")],
                        default="web",
                        max_length=10,
                    ),
                ),
                ("industry", models.CharField(blank=True, max_length=1, verbose_name="industry")),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("again", "one of many from the same browser in a day"),
                            ("fast", "faster than the questions can be read"),
                        ],
                        max_length=10,
                        verbose_name="doubt",
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                ("answers", models.JSONField(default=dict, verbose_name="answers")),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="foundation.district",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="foundation.union",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="bidding.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "response",
                "verbose_name_plural": "responses",
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("A", "agriculture, forestry, fishing"),
                            ("B", "mining"),
                            ("C", "manufacturing"),
                            ("D", "electricity, heat, gas, water"),
                            ("E", "construction"),
                            ("F", "wholesale and retail"),
                            ("G", "transport, storage, post and delivery"),
                            ("H", "hotels and catering"),
                            ("I", "information, software, telecommunications"),
                            ("J", "finance"),
                            ("K", "real estate"),
                            ("L", "leasing and business services"),
                            ("M", "research and technical services"),
                            ("N", "water conservancy, environment, public facilities"),
                            ("O", "household, repair and other services"),
                            ("P", "education"),
                            ("Q", "health and social work"),
                            ("R", "culture, sport, entertainment"),
                            ("S", "public administration and social organisations"),
                            ("T", "international organisations"),
                        ],
                        max_length=1,
                        verbose_name="industry",
                    ),
                ),
                ("wanted", models.PositiveIntegerField(verbose_name="answers wanted")),
                (
                    "is_cap",
                    models.BooleanField(default=False, verbose_name="and no more than that"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.district",
                        verbose_name="where",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="bidding.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "quota",
                "verbose_name_plural": "quotas",
                "constraints": [
                    models.UniqueConstraint(fields=("survey", "union"), name="quota_once_a_union"),
                    models.UniqueConstraint(
                        fields=("survey", "district"), name="quota_once_a_district"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("industry", ""), _negated=True),
                        fields=("survey", "industry"),
                        name="quota_once_an_industry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wanted__gte", 1)), name="quota_of_at_least_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("district", None), ("industry", ""), ("union__isnull", False)
                            ),
                            models.Q(
                                ("district__isnull", False), ("industry", ""), ("union", None)
                            ),
                            models.Q(
                                ("district", None),
                                ("union", None),
                                models.Q(("industry", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quota_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="bidding.survey",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="bidding.survey",
            ),
        ),
        migrations.CreateModel(
            name="KnownTotals",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("margin", models.CharField(max_length=40, verbose_name="totals by")),
                ("groups", models.JSONField(verbose_name="totals")),
                (
                    "source",
                    models.CharField(max_length=200, verbose_name="where the numbers come from"),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=300, verbose_name="address of the source"
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="the numbers' date")),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="totals",
                        to="bidding.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "known totals",
                "verbose_name_plural": "known totals",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "margin"), name="totals_once_a_margin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="totals_name_their_source",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intakes",
                to="bidding.survey",
            ),
        ),
        migrations.CreateModel(
            name="Findings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("method", models.CharField(max_length=40, verbose_name="version of the method")),
                ("sheets", models.PositiveIntegerField(verbose_name="sheets")),
                ("rounds", models.PositiveIntegerField(verbose_name="rounds of weighing")),
                ("effective", models.FloatField(verbose_name="effective number of answers")),
                (
                    "weights_sha256",
                    models.CharField(max_length=64, verbose_name="fingerprint of the weights"),
                ),
                (
                    "figures_sha256",
                    models.CharField(max_length=64, verbose_name="fingerprint of the figures"),
                ),
                ("record", models.JSONField(verbose_name="how they were made")),
                ("figures", models.JSONField(verbose_name="figures")),
                ("frame", models.BinaryField(verbose_name="sheets as numbers")),
                ("release", models.JSONField(verbose_name="what the open file holds")),
                ("microdata", models.BinaryField(verbose_name="open file")),
                (
                    "survey",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="bidding.survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "published figures",
                "verbose_name_plural": "published figures",
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("duty", models.CharField(max_length=80, verbose_name="duty")),
                (
                    "certificate",
                    models.CharField(blank=True, max_length=120, verbose_name="certificate"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "team member",
                "verbose_name_plural": "team",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place in the order")),
                ("begins_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="called")),
                (
                    "held_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clock held since"),
                ),
                (
                    "held_seconds",
                    models.PositiveIntegerField(
                        default=0, verbose_name="seconds the clock was held"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "shown_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="result shown"),
                ),
                (
                    "shown",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="result",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("on_stage", "on stage"),
                            ("closed", "heard"),
                            ("skipped", "did not come"),
                        ],
                        db_index=True,
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turn",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "roadshow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="bidding.roadshow",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn",
                "verbose_name_plural": "turns",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["closed", "on_stage", "skipped", "waiting"])
                        ),
                        name="turn_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("roadshow", "position"), name="turn_position_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "on_stage")),
                        fields=("roadshow",),
                        name="turn_one_on_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))),
                        name="turn_has_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "skipped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="turn_skipped_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_at", None),
                            models.Q(("shown__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="turn_shown_when_closed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="livesheet",
            name="turn",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="bidding.turn",
            ),
        ),
        migrations.CreateModel(
            name="KeyShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("point", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("given", models.BinaryField(default=b"")),
                ("given_at", models.DateTimeField(null=True, verbose_name="given")),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="bidding.keeperkey",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="bidding.callkey",
                    ),
                ),
            ],
            options={
                "verbose_name": "share of a key",
                "verbose_name_plural": "shares of keys",
                "ordering": ["point"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "keeper"), name="key_share_one_each"),
                    models.UniqueConstraint(fields=("key", "point"), name="key_share_point_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("changes", models.JSONField(default=list, verbose_name="what was changed")),
                ("closes_before", models.DateTimeField(verbose_name="closed before")),
                ("closes_after", models.DateTimeField(verbose_name="closes now")),
                ("made_at", models.DateTimeField(verbose_name="changed")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="bidding.call",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_after__gte", models.F("closes_before"))),
                        name="amendment_closing_only_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("question", models.TextField(verbose_name="question")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clarifications",
                        to="bidding.call",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "clarification",
                "verbose_name_plural": "clarifications",
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clarification_answered_whole",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("survey", "position"), name="question_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("survey", "code"), name="question_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("priority_high", None), ("priority_low", None), ("severity", None)),
                    models.Q(
                        ("priority_high__lte", 1),
                        ("priority_low__gte", 0),
                        ("priority_low__lte", models.F("priority_high")),
                        ("severity__gt", 0),
                        ("severity__lte", 1),
                        ("severity_high__gte", models.F("severity")),
                        ("severity_low__lte", models.F("severity")),
                        ("severity_row__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="need_severity_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                fields=("option", "district"), name="need_once_an_option_and_district"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                condition=models.Q(("district", None), ("option__isnull", False)),
                fields=("option",),
                name="need_once_an_option_everywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="livesheet",
            constraint=models.UniqueConstraint(fields=("turn", "seat"), name="live_sheet_once"),
        ),
    ]
