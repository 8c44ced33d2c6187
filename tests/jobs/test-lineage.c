/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a video was made of, and what was made of it. */
#include <string.h>

#include "yj-lineage.h"
#include "yj-test-queue.h"

/* A finished video as on disk; @parents as rows have them. */
static void
add_row (YjTestQueue *q,
         const char  *uuid,
         const char  *parents)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  row->uuid = g_strdup (uuid);
  row->state = g_strdup ("ready");
  row->origin = g_strdup ("https://example.invalid");
  row->mode = g_strdup ("i2v");
  row->prompt = g_strdup ("");
  row->file = g_strconcat (uuid, ".mp4", NULL);
  row->parents = g_strdup (parents);
  row->created = g_get_real_time ();
  yj_library_save_job_async (q->library, row, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_cmpint (yj_library_save_job_finish (q->library, result, &error), >, 0);
}

#define A "aaaaaaaa-0000-4000-8000-000000000000"
#define B "bbbbbbbb-0000-4000-8000-000000000000"
#define C "cccccccc-0000-4000-8000-000000000000"
#define D "dddddddd-0000-4000-8000-000000000000"
#define GONE "eeeeeeee-0000-4000-8000-000000000000"

static char *
dup_links (GPtrArray *links)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      YjLink *link = links->pdata[i];

      g_string_append_printf (text, "%d%c ", (int) link->kind, link->job != NULL ? *yj_job_get_uuid (link->job) : '-');
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_lists (void)
{
  YjTestQueue q = { 0 };
  g_autoptr(GPtrArray) parents = NULL, children = NULL, chain = NULL;
  g_autofree char *parents_text = NULL, *children_text = NULL;

  yj_test_queue_open (&q, NULL);
  add_row (&q, A, NULL);
  add_row (&q, B, "extend " A);
  add_row (&q, C, "extend " B "\nremix " A "\nframe " GONE "\nnonsense " A "\nextend");
  add_row (&q, D, "clip " B "\nclip " B);
  yj_test_queue_close (&q);
  yj_test_queue_open (&q, NULL);

  parents = yj_lineage_list_parents (q.queue, yj_job_queue_find (q.queue, C));
  parents_text = dup_links (parents);
  g_assert_cmpstr (parents_text, ==, "1b 0a 2- ");
  children = yj_lineage_list_children (q.queue, yj_job_queue_find (q.queue, B));
  children_text = dup_links (children);
  g_assert_cmpstr (children_text, ==, "1c 3d ");
  chain = yj_lineage_list_chain (q.queue, yj_job_queue_find (q.queue, B));
  g_assert_cmpuint (chain->len, ==, 3);
  g_assert_cmpstr (yj_job_get_uuid (chain->pdata[0]), ==, A);
  g_assert_cmpstr (yj_job_get_uuid (chain->pdata[1]), ==, B);
  g_assert_cmpstr (yj_job_get_uuid (chain->pdata[2]), ==, C);
  g_clear_pointer (&parents, g_ptr_array_unref);
  g_clear_pointer (&children, g_ptr_array_unref);
  g_clear_pointer (&chain, g_ptr_array_unref);
  yj_test_queue_clear (&q);
}

/* From the draft's files into the row, kept over a change of the draft into JSON and back, and since when it waits. */
static void
test_ordered (void)
{
  YjTestQueue q = { 0 };
  g_autoptr(YjDraft) draft = NULL, again = NULL;
  g_autoptr(YjDraftFile) picture = NULL;
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL, *extend = NULL, *remix = NULL, *second = NULL;
  YjJob *job;

  yj_test_queue_open (&q, NULL);
  add_row (&q, A, NULL);
  yj_test_queue_close (&q);
  yj_test_queue_open (&q, NULL);

  path = g_build_filename (q.folder, "frame.png", NULL);
  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n", 8, NULL));
  file = g_file_new_for_path (path);
  draft = yj_test_new_draft (q.catalog, "i2v/happyhorse-1.0-i2v", "on");
  picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/png");
  extend = yj_lineage_dup_origin (YJ_LINK_EXTEND, yj_job_queue_find (q.queue, A));
  yj_draft_file_set_origin (picture, extend);
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));
  remix = yj_lineage_dup_origin (YJ_LINK_REMIX, yj_job_queue_find (q.queue, A));
  yj_draft_set_origin (draft, remix);
  job = yj_test_queue_add (&q, draft);
  g_assert_cmpstr (yj_job_get_parents (job), ==, "extend " A "\nremix " A);
  g_assert_true (g_str_has_prefix (yj_job_get_times (job), "waiting "));

  again = yj_job_queue_new_draft (q.queue, job, NULL);
  g_assert_cmpstr (yj_draft_get_origin (again), ==, remix);
  second = yj_lineage_dup_parents (q.queue, again);
  g_assert_cmpstr (second, ==, yj_job_get_parents (job));
  yj_test_queue_clear (&q);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  yj_test_isolate ();
  g_test_add_func ("/lineage/lists", test_lists);
  g_test_add_func ("/lineage/ordered", test_ordered);

  return g_test_run ();
}
