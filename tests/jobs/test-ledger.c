/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what was used, its file for spreadsheets, and the limit of a month. */
#include <string.h>

#include "yj-ledger.h"
#include "yj-recipe.h"
#include "yj-test-queue.h"
#include "yj-usage-cap.h"

static void
add_use (GPtrArray  *uses,
         const char *when,
         const char *mode,
         const char *model,
         const char *unit,
         double      amount,
         gint64      n,
         gint64      n_silent)
{
  YjUse *use = g_new0 (YjUse, 1);

  use->when = g_strdup (when);
  use->mode = g_strdup (mode);
  use->model = g_strdup (model);
  use->unit = g_strdup (unit);
  use->amount = use->most = amount;
  use->n = n;
  use->n_silent = n_silent;
  g_ptr_array_add (uses, use);
}

static void
test_table (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_use_free);
  g_autoptr(YjLedger) days = NULL, models = NULL;
  const YjLedgerRow *row;
  static const char * const units[] = { "Here/credits", "There/credits", "/tokens" };

  add_use (uses, "2026-03-01", "t2v", "Here", NULL, 0, 3, 1);
  add_use (uses, "2026-03-01", "chat", "qwen", NULL, 0, 9, 0);
  add_use (uses, "2026-03-02", "i2v", "There", NULL, 0, 1, 0);
  add_use (uses, "2026-03-01", "t2v", "Here", "credits", 20, 2, 0);
  add_use (uses, "2026-03-01", "chat", "qwen", "tokens", 900, 9, 0);
  add_use (uses, "2026-03-02", "i2v", "There", "credits", 7, 1, 0);

  days = yj_ledger_new (uses, catalog, YJ_LEDGER_BY_TIME);
  g_assert_cmpuint (days->units->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (((YjLedgerUnit *) days->units->pdata[i])->id, ==, units[i]);
  g_assert_cmpuint (days->rows->len, ==, 2);
  row = days->rows->pdata[0];
  g_assert_cmpstr (row->key, ==, "2026-03-02");
  g_assert_cmpint (row->counts[0], ==, 0);
  g_assert_cmpfloat (row->amounts[1], ==, 7);
  row = days->rows->pdata[1];
  g_assert_cmpint (row->n_videos, ==, 3);
  g_assert_cmpint (row->n_answers, ==, 9);
  g_assert_cmpint (row->n_silent, ==, 1);
  /* credits of two providers are two things */
  g_assert_cmpfloat (days->total->amounts[0], ==, 20);
  g_assert_cmpfloat (days->total->amounts[1], ==, 7);
  g_assert_cmpfloat (days->total->amounts[2], ==, 900);
  g_assert_cmpint (days->total->n_videos, ==, 4);

  models = yj_ledger_new (uses, catalog, YJ_LEDGER_BY_MODEL);
  g_assert_cmpuint (models->rows->len, ==, 3);
  g_assert_cmpstr (((YjLedgerRow *) models->rows->pdata[0])->key, ==, "qwen");
}

static void
test_csv (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_use_free);
  static const char * const names[] = { "时间", "Mode", "Provider", "Model", "State", "Task", "Unit", "Amount" };
  static const char * const evil[] = { "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "a\"b,c\nd" };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *csv = NULL;
  g_auto(GStrv) lines = NULL;
  YjUse *use;

  for (guint i = 0; i < G_N_ELEMENTS (evil); i++)
    add_use (uses, NULL, "t2v", evil[i], "credits", 0.5, 1, 0);
  add_use (uses, NULL, "chat", "通义", NULL, 0, 1, 1);
  use = uses->pdata[0];
  use->task_id = g_strdup ("123456789012345678");
  bytes = yj_ledger_write_csv (uses, catalog, names);
  csv = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 10);
  g_assert_cmpstr (lines[0], ==, "\xef\xbb\xbf\"时间\",\"Mode\",\"Provider\",\"Model\",\"State\",\"Task\",\"Unit\",\"Amount\"");
  g_assert_true (g_str_has_suffix (lines[1], ",\"t2v\",\"'=1+1\",\"'=1+1\",,\"123456789012345678\",\"credits\",0.5"));
  for (guint i = 1; i < 6; i++)
    g_assert_nonnull (strstr (lines[1 + i], ",\"'"));
  g_assert_nonnull (strstr (lines[7], ",\"a\"\"b,c\nd\","));
  g_assert_true (g_str_has_suffix (lines[8], ",\"chat\",,\"通义\",,,,"));
}

/* ---- the limit */

typedef struct
{
  YjTestPlatform *platform;     /* unused: nothing is asked */
  YjTestQueue     q;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  yj_test_queue_open (&f->q, "http://127.0.0.1:1");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  yj_test_queue_clear (&f->q);
}

static void
add_job (Fixture    *f,
         YjDraft    *draft,
         const char *state,
         gint64      submitted,
         const char *usage)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *json = yj_draft_to_json (draft);
  YjModel *model = yj_draft_get_model (draft);

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup (state);
  row->origin = g_strdup ("https://elsewhere.example");        /* so that nothing happens to it */
  row->mode = g_strdup ("t2v");
  row->model_id = g_strdup (yj_model_get_id (model));
  row->model_name = g_strdup (yj_model_get_name (model));
  row->prompt = g_strdup ("");
  row->recipe = yj_recipe_to_stored (json, yj_library_get_folder (f->q.library));
  row->usage = g_strdup (usage);
  row->task_id = submitted > 0 ? g_strdup ("1") : NULL;
  row->created = 1000;
  row->submitted = submitted;
  yj_library_save_job_async (f->q.library, row, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_cmpint (yj_library_save_job_finish (f->q.library, result, NULL), >, 0);
}

static YjUsageVerdict
judge (Fixture    *f,
       const char *unit,
       double      limit,
       YjDraft    *draft,
       guint       n_takes)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjUsageVerdict verdict = { 0 };

  g_ptr_array_add (drafts, draft);
  yj_usage_cap_judge_async (f->q.queue, unit, limit, drafts, n_takes, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_usage_cap_judge_finish (f->q.queue, result, &verdict, &error));
  g_assert_no_error (error);
  return verdict;
}

static void
reopen (Fixture *f)
{
  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, "http://127.0.0.1:1");
}

static void
test_cap_of_jobs (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "one");
  g_autoptr(YjDraft) after = NULL;
  gint64 now = g_get_real_time ();
  YjUsageVerdict verdict;

  add_job (f, draft, "ready", now, "{}");
  add_job (f, draft, "ready", yj_usage_cap_get_month (0) - 1, "{}");    /* last month */
  add_job (f, draft, "running", now, NULL);
  add_job (f, draft, "waiting", 0, NULL);
  g_clear_object (&draft);
  reopen (f);
  after = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "two");

  verdict = judge (f, YJ_USAGE_CAP_JOBS, 4, after, 1);
  g_assert_cmpfloat (verdict.spent, ==, 2);
  g_assert_cmpfloat (verdict.under_way, ==, 1);
  g_assert_cmpfloat (verdict.coming, ==, 1);
  g_assert_false (verdict.asks);
  g_assert_true (judge (f, YJ_USAGE_CAP_JOBS, 4, after, 2).asks);
  g_assert_true (judge (f, YJ_USAGE_CAP_JOBS, 3, after, 1).asks);
}

static void
test_cap_of_unit (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "one");
  g_autoptr(YjDraft) after = NULL, longer = NULL, other = NULL;
  g_autofree char *unit = yj_ledger_dup_unit_id (yj_model_get_provider_key (yj_draft_get_model (draft)), "credits");
  gint64 now = g_get_real_time ();
  YjUsageVerdict verdict;

  /* nothing is known: asked, whatever the limit */
  verdict = judge (f, unit, 1000, draft, 2);
  g_assert_true (verdict.asks);
  g_assert_cmpuint (verdict.n_unknown, ==, 2);

  add_job (f, draft, "ready", now, "{\"credits\": 8, \"duration\": 5}");
  add_job (f, draft, "ready", now, "{\"credits\": 10, \"duration\": 5}");
  add_job (f, draft, "running", now, NULL);
  g_clear_object (&draft);
  reopen (f);
  after = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "two");
  verdict = judge (f, unit, 48, after, 2);
  g_assert_cmpfloat (verdict.spent, ==, 18);
  g_assert_cmpfloat (verdict.under_way, ==, 10);
  g_assert_cmpfloat (verdict.coming, ==, 20);
  g_assert_cmpuint (verdict.n_unknown, ==, 0);
  g_assert_false (verdict.asks);
  g_assert_true (judge (f, unit, 47, after, 2).asks);

  /* another length was never paid for: as much as the dearest of this model, this month */
  longer = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "three");
  yj_draft_set_value (longer, "duration", "10");
  verdict = judge (f, unit, 38, longer, 1);
  g_assert_cmpfloat (verdict.coming, ==, 10);
  g_assert_false (verdict.asks);

  /* of another provider: not of this limit */
  verdict = judge (f, "Somebody/credits", 0, after, 8);
  g_assert_false (verdict.asks);
  /* in the sandbox nothing is charged */
  yj_job_queue_set_platform (f->q.queue, f->q.platform, TRUE);
  g_assert_false (judge (f, YJ_USAGE_CAP_JOBS, 0, after, 1).asks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ledger/table", test_table);
  g_test_add_func ("/ledger/csv", test_csv);
  g_test_add ("/ledger/cap/jobs", Fixture, NULL, set_up, test_cap_of_jobs, tear_down);
  g_test_add ("/ledger/cap/unit", Fixture, NULL, set_up, test_cap_of_unit, tear_down);

  return g_test_run ();
}
