/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used, as far as replies told. */
#include <string.h>

#include "library-test.h"
#include "yj-use.h"

static gint64
at (int year,
    int month,
    int day,
    int hour)
{
  g_autoptr(GDateTime) time = g_date_time_new_local (year, month, day, hour, 30, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static gint64
add_job (YjLibrary  *library,
         gint64      submitted,
         const char *model,
         const char *state,
         const char *task,
         const char *origin,
         const char *usage)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GError) error = NULL;
  gint64 id;

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup (state);
  row->mode = g_strdup ("t2v");
  row->model_id = g_strconcat ("t2v/", model, NULL);
  row->model_name = g_strdup (model);
  row->task_id = g_strdup (task);
  row->origin = g_strdup (origin);
  row->usage = g_strdup (usage);
  row->created = 1;
  row->submitted = submitted;
  id = yj_test_save_job (library, row, &error);
  g_assert_no_error (error);
  return id;
}

static GPtrArray *
list (YjLibrary *library,
      gint64     from,
      gint64     until,
      YjUseStep  step)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *uses;

  yj_library_list_uses_async (library, from, until, step, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  uses = yj_library_list_uses_finish (library, result, &error);
  g_assert_no_error (error);
  return uses;
}

/* "2026-03-04 t2v vidu credits 25 20 2", one for each line */
static char *
dup_text (GPtrArray *uses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < uses->len; i++)
    {
      const YjUse *use = g_ptr_array_index (uses, i);

      if (use->unit != NULL)
        g_string_append_printf (text, "%s %s %s %s %g %g %d\n", use->when, use->mode, use->model, use->unit, use->amount, use->most, (int) use->n);
      else
        g_string_append_printf (text, "%s %s %s: %d, %d silent\n", use->when, use->mode, use->model, (int) use->n, (int) use->n_silent);
    }
  return g_string_free (text, FALSE);
}

static void
delete_job (YjLibrary *library,
            gint64     id)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_delete_job_async (library, id, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_delete_job_finish (library, result, NULL));
}

#define VIDU "{\"action\": \"t2v\", \"credits\": 5, \"resolution\": \"540p\", \"off_peak\": false, \"duration\": 1, \"seed\": 77}"

static void
test_days (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GPtrArray) days = NULL, months = NULL, after = NULL;
  g_autofree char *text = NULL, *by_month = NULL, *again = NULL;
  gint64 gone;

  add_job (library, at (2026, 3, 4, 0), "vidu", "ready", "1", "https://p", VIDU);
  gone = add_job (library, at (2026, 3, 4, 23), "vidu", "ready", "2", "https://p", "{\"credits\": \"20\", \"price_per_unit\": 3}");
  add_job (library, at (2026, 3, 5, 1), "vidu", "failed", "3", "https://p", NULL);
  add_job (library, at (2026, 3, 5, 1), "seed", "running", "4", NULL, "no JSON");
  add_job (library, at (2026, 3, 6, 1), "seed", "ready", "5", "https://p",
           "{\"total_tokens\": 108900.5, \"details\": {\"completion_tokens\": 7}, \"list\": [{\"cost\": 1}]}");
  /* neither of these was charged: refused, not sent, made here, of another month */
  add_job (library, at (2026, 3, 6, 1), "seed", "failed", NULL, "https://p", NULL);
  add_job (library, 0, "seed", "waiting", NULL, "https://p", NULL);
  add_job (library, at (2026, 3, 6, 1), "seed", "ready", "6", "http://127.0.0.1:1#sandbox", VIDU);
  add_job (library, at (2026, 4, 1, 0), "seed", "ready", "7", "https://p", VIDU);

  days = list (library, at (2026, 3, 1, 0), at (2026, 4, 1, 0), YJ_USE_BY_DAY);
  text = dup_text (days);
  g_assert_cmpstr (text, ==,
                   "2026-03-04 t2v vidu: 2, 0 silent\n"
                   "2026-03-05 t2v vidu: 1, 1 silent\n"
                   "2026-03-05 t2v seed: 1, 1 silent\n"
                   "2026-03-06 t2v seed: 1, 0 silent\n"
                   "2026-03-04 t2v vidu credits 25 20 2\n"
                   "2026-03-04 t2v vidu duration 1 1 1\n"
                   "2026-03-06 t2v seed total_tokens 108900 108900 1\n"
                   "2026-03-06 t2v seed details.completion_tokens 7 7 1\n");

  /* what was paid for stays paid when it is deleted */
  delete_job (library, gone);
  after = list (library, at (2026, 3, 1, 0), at (2026, 4, 1, 0), YJ_USE_BY_DAY);
  again = dup_text (after);
  g_assert_cmpstr (again, ==, text);

  months = list (library, 0, G_MAXINT64, YJ_USE_BY_MONTH);
  by_month = dup_text (months);
  g_assert_nonnull (strstr (by_month, "2026-03 t2v vidu credits 25 20 2\n"));
  g_assert_nonnull (strstr (by_month, "2026-04 t2v seed credits 5 5 1\n"));
  yj_test_close (library);
}

/* A job that comes back, as by undo, is counted once. */
static void
test_back (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  gint64 id = add_job (library, at (2026, 3, 4, 0), "vidu", "ready", "1", "https://p", VIDU);
  g_autoptr(GPtrArray) rows = yj_test_load_jobs (library), uses = NULL;
  YjJobRow *row = g_ptr_array_index (rows, 0);
  g_autofree char *text = NULL;

  delete_job (library, id);
  row->id = 0;
  g_assert_cmpint (yj_test_save_job (library, row, NULL), >, 0);
  uses = list (library, 0, G_MAXINT64, YJ_USE_BY_DAY);
  text = dup_text (uses);
  g_assert_cmpstr (text, ==, "2026-03-04 t2v vidu: 1, 0 silent\n2026-03-04 t2v vidu credits 5 5 1\n2026-03-04 t2v vidu duration 1 1 1\n");
  yj_test_close (library);
}

static void
test_chat (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GPtrArray) months = NULL, single = NULL;
  g_autofree char *text = NULL, *expected = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *month = g_date_time_format (now, "%Y-%m");
  const YjUse *use;

  yj_library_add_chat_use (library, "https://p", "qwen", "{\"prompt_tokens\": 10, \"completion_tokens\": 20, \"cached_tokens\": 0}");
  yj_library_add_chat_use (library, "https://p", "qwen", "{\"prompt_tokens\": 5}");
  yj_library_add_chat_use (library, "https://p", NULL, NULL);
  yj_library_add_chat_use (library, "http://127.0.0.1:1#sandbox", "qwen", "{\"prompt_tokens\": 1000}");
  months = list (library, 0, G_MAXINT64, YJ_USE_BY_MONTH);
  text = dup_text (months);
  expected = g_strdup_printf ("%1$s chat qwen: 2, 0 silent\n%1$s chat (null): 1, 1 silent\n%1$s chat qwen prompt_tokens 15 10 2\n"
                              "%1$s chat qwen completion_tokens 20 20 1\n%1$s chat qwen cached_tokens 0 0 1\n", month);
  g_assert_cmpstr (text, ==, expected);

  single = list (library, 0, G_MAXINT64, YJ_USE_SINGLE);
  g_assert_cmpuint (single->len, ==, 5);
  use = g_ptr_array_index (single, 4);
  g_assert_null (use->unit);
  g_assert_cmpint (use->moment, >, 0);
  yj_test_close (library);
}

/* Many jobs: it may take a while on its own thread, not minutes. */
static void
test_many (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_job_row_free);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) added = NULL, uses = NULL;
  gint64 start, first = at (2026, 1, 1, 0);

  for (int i = 0; i < 5000; i++)
    {
      YjJobRow *row = yj_job_row_new ();

      row->uuid = g_strdup_printf ("u%d", i);
      row->state = g_strdup ("ready");
      row->mode = g_strdup ("t2v");
      row->model_name = g_strdup ("vidu");
      row->task_id = g_strdup ("1");
      row->usage = g_strdup (VIDU);
      row->created = 1;
      row->submitted = first + i * (gint64) 600 * G_USEC_PER_SEC;
      g_ptr_array_add (rows, row);
    }
  yj_library_add_jobs_async (library, rows, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  added = yj_library_add_jobs_finish (library, result, NULL);
  g_assert_nonnull (added);

  start = g_get_monotonic_time ();
  uses = list (library, 0, G_MAXINT64, YJ_USE_BY_MONTH);
  g_test_message ("5,000 jobs: %.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * yj_test_slowness () * G_USEC_PER_SEC);
  g_assert_cmpuint (uses->len, >, 0);
  yj_test_close (library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/uses/days", test_days);
  g_test_add_func ("/uses/back", test_back);
  g_test_add_func ("/uses/chat", test_chat);
  g_test_add_func ("/uses/many", test_many);

  return g_test_run ();
}
