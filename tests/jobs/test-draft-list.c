/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts side by side: kept, moved, closed and brought back, also over a restart. */
#include "yj-draft-list.h"
#include "yj-test-queue.h"

typedef struct
{
  char        *folder;
  YjCatalog   *catalog;
  YjLibrary   *library;
  YjDraftList *list;
  guint        n_selected;      /* how often another one was shown */
} Fixture;

static void
selected_cb (Fixture *f)
{
  f->n_selected++;
}

static void
open_list (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  f->library = yj_test_open_path (f->folder);
  f->catalog = yj_catalog_new ();
  f->list = yj_draft_list_new (f->library, f->catalog);
  g_signal_connect_swapped (f->list, "notify::selected", G_CALLBACK (selected_cb), f);
  yj_draft_list_load_async (f->list, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_draft_list_load_finish (f->list, result, &error));
  g_assert_no_error (error);
}

/* @flush: as at the end of the program; else as after a crash some time later. */
static void
close_list (Fixture  *f,
            gboolean  flush)
{
  if (flush)
    yj_draft_list_flush (f->list);
  yj_test_close (f->library);
  g_assert_finalize_object (g_steal_pointer (&f->list));
  g_clear_object (&f->library);
  g_clear_object (&f->catalog);
}

static void
restart (Fixture *f)
{
  close_list (f, TRUE);
  open_list (f);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = yj_test_folder ("drafts");
  open_list (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  close_list (f, TRUE);
  yj_test_remove_tree (f->folder);
  g_free (f->folder);
}

static YjOpenDraft *
get (Fixture *f,
     guint    position)
{
  g_autoptr(YjOpenDraft) item = g_list_model_get_item (G_LIST_MODEL (f->list), position);

  return item;
}

/* The prompts in their order, the one on show in brackets. */
static char *
dup_all (Fixture *f)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->list)); i++)
    {
      YjOpenDraft *item = get (f, i);
      const char *prompt = yj_draft_get_prompt (yj_open_draft_get_draft (item));

      g_string_append_printf (all, yj_draft_list_get_selected (f->list) == item ? "%s[%s]" : "%s%s", i > 0 ? " " : "", prompt);
    }

  return g_string_free_and_steal (g_steal_pointer (&all));
}

#define assert_all(f, expected) \
  G_STMT_START { g_autofree char *all = dup_all (f); g_assert_cmpstr (all, ==, expected); } G_STMT_END

static YjOpenDraft *
add (Fixture    *f,
     const char *model,
     const char *prompt)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->catalog, model, prompt);

  return yj_draft_list_add (f->list, draft, NULL);
}

static void
three (Fixture *f)
{
  yj_draft_set_prompt (yj_open_draft_get_draft (get (f, 0)), "a");
  add (f, "t2v/happyhorse-1.0-t2v", "b");
  add (f, "i2v/happyhorse-1.0-i2v", "c");
}

/* Each its own: model, prompt, values, files, those set aside, name. */
static void
test_kept (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *picture = yj_test_write_picture (f->folder, "p.jpg");
  g_autoptr(GFile) file = g_file_new_for_path (picture);
  g_autoptr(YjDraftFile) attached = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
  YjOpenDraft *item;
  YjDraft *draft;

  assert_all (f, "[]");
  g_assert_true (yj_open_draft_is_empty (get (f, 0)));
  three (f);
  assert_all (f, "a b [c]");
  draft = yj_open_draft_get_draft (get (f, 2));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, attached));
  yj_draft_set_value (draft, "resolution", "720P");
  yj_draft_set_model (draft, yj_catalog_find_by_id (f->catalog, "t2v/happyhorse-1.0-t2v"));
  yj_open_draft_set_name (get (f, 1), "名字");
  yj_draft_list_select (f->list, get (f, 1));
  yj_draft_file_set_stamp (attached, G_GINT64_CONSTANT (1700000000123456));

  restart (f);
  assert_all (f, "a [b] c");
  item = get (f, 1);
  g_assert_cmpstr (yj_open_draft_get_name (item), ==, "名字");
  g_assert_cmpstr (yj_model_get_id (yj_draft_get_model (yj_open_draft_get_draft (item))), ==, "t2v/happyhorse-1.0-t2v");
  draft = yj_open_draft_get_draft (get (f, 2));
  g_assert_cmpuint (g_list_model_get_n_items (yj_draft_get_parked (draft)), ==, 1);
  g_assert_cmpint (g_ascii_strcasecmp (yj_draft_get_value (draft, "resolution"), "720P"), ==, 0);
  g_clear_object (&attached);
  attached = g_list_model_get_item (yj_draft_get_parked (draft), 0);
  g_assert_cmpint (yj_draft_file_get_stamp (attached), ==, G_GINT64_CONSTANT (1700000000123456));
}

/* Where one wrote, also when one only went there; a recipe does not say it. */
static void
test_cursor (Fixture       *f,
             gconstpointer  data)
{
  YjDraft *draft = yj_open_draft_get_draft (get (f, 0));
  g_autofree char *json = NULL;

  g_assert_cmpint (yj_draft_get_cursor (draft), ==, -1);
  yj_draft_set_prompt (draft, "a fox");
  yj_draft_set_cursor (draft, 5);
  restart (f);
  draft = yj_open_draft_get_draft (get (f, 0));
  g_assert_cmpint (yj_draft_get_cursor (draft), ==, 5);
  yj_draft_set_cursor (draft, 2);
  restart (f);
  draft = yj_open_draft_get_draft (get (f, 0));
  g_assert_cmpint (yj_draft_get_cursor (draft), ==, 2);
  json = yj_draft_to_json (draft);
  g_assert_null (strstr (json, "cursor"));
}

/* Another catalogue has other objects: each draft goes on with its model as it is now, or with the default of the mode. */
static void
test_models_change (Fixture       *f,
                    gconstpointer  data)
{
  YjModel *own = yj_catalog_add_model (f->catalog, yj_catalog_find_by_id (f->catalog, "t2v/wan2.6-t2v"), "wan3-t2v", NULL, "abc", NULL);
  YjDraft *draft = yj_open_draft_get_draft (add (f, "t2v/wan3-t2v", "x")), *other;

  g_assert_true (yj_draft_get_model (draft) == own);
  other = yj_open_draft_get_draft (add (f, "i2v/happyhorse-1.0-i2v", "y"));
  yj_draft_set_value (other, "duration", "7");

  g_assert_true (yj_catalog_remove_own (f->catalog, own, NULL));
  g_assert_true (yj_draft_get_model (draft) == yj_catalog_get_default (f->catalog, YJ_MODE_TEXT_TO_VIDEO));
  g_assert_true (yj_draft_get_model (other) == yj_catalog_find_by_id (f->catalog, "i2v/happyhorse-1.0-i2v"));
  g_assert_cmpstr (yj_draft_get_value (other, "duration"), ==, "7");
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "x");
}

/* Without a word from anyone, what was typed is on disk a moment later. */
static void
test_by_itself (Fixture       *f,
                gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *json = NULL;

  yj_draft_set_prompt (yj_open_draft_get_draft (get (f, 0)), "typed");
  for (gboolean there = FALSE; !there;)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GPtrArray) rows = NULL;

      yj_library_load_drafts_async (f->library, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      rows = yj_library_load_drafts_finish (f->library, result, NULL);
      there = rows->len == 1 && strstr (((YjDraftRow *) g_ptr_array_index (rows, 0))->recipe, "typed") != NULL;
    }
  g_test_message ("on disk after %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);  /* 0.3 s, and what a busy machine takes */
  close_list (f, FALSE);
  open_list (f);
  assert_all (f, "[typed]");
}

static void
test_move (Fixture       *f,
           gconstpointer  data)
{
  three (f);
  yj_draft_list_move (f->list, get (f, 2), 0);
  assert_all (f, "[c] a b");
  yj_draft_list_move (f->list, get (f, 1), 99);
  assert_all (f, "[c] b a");
  restart (f);
  assert_all (f, "[c] b a");

  /* often enough for the room between two to be used up */
  for (guint i = 0; i < 60; i++)
    yj_draft_list_move (f->list, get (f, 2), 1);
  assert_all (f, "[c] b a");
  restart (f);
  assert_all (f, "[c] b a");
  yj_draft_list_move (f->list, get (f, 2), 1);
  restart (f);
  assert_all (f, "[c] a b");
}

static void
test_close (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(YjOpenDraft) b = NULL, a = NULL;

  three (f);
  b = g_object_ref (get (f, 1));
  yj_draft_list_select (f->list, b);
  yj_draft_list_remove (f->list, b);
  assert_all (f, "[a] c");
  /* what happens to it now is no business of the list's */
  yj_draft_set_prompt (yj_open_draft_get_draft (b), "b2");
  restart (f);
  assert_all (f, "[a] c");
  g_clear_object (&b);

  b = g_object_ref (get (f, 1));
  yj_draft_list_remove (f->list, b);
  assert_all (f, "[a]");
  yj_draft_list_restore (f->list, b, 1);
  assert_all (f, "a [c]");
  restart (f);
  assert_all (f, "a [c]");

  /* the last one leaves an empty one of its model, which goes when it comes back */
  yj_draft_list_remove (f->list, get (f, 1));
  a = g_object_ref (get (f, 0));
  yj_draft_list_remove (f->list, a);
  assert_all (f, "[]");
  g_assert_true (get (f, 0) != a);
  yj_draft_list_restore (f->list, a, 0);
  assert_all (f, "[a]");
  restart (f);
  assert_all (f, "[a]");
}

static void
test_duplicate (Fixture       *f,
                gconstpointer  data)
{
  YjOpenDraft *copy;

  three (f);
  yj_draft_set_value (yj_open_draft_get_draft (get (f, 1)), "resolution", "1080P");
  copy = yj_draft_list_duplicate (f->list, get (f, 1));
  assert_all (f, "a b [b] c");
  g_assert_cmpint (g_ascii_strcasecmp (yj_draft_get_value (yj_open_draft_get_draft (copy), "resolution"), "1080P"), ==, 0);
  yj_draft_set_prompt (yj_open_draft_get_draft (copy), "d");
  assert_all (f, "a b [d] c");
  restart (f);
  assert_all (f, "a b [d] c");
}

/* What older versions kept among the settings. */
static void
test_import (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(YjDraft) old = yj_test_new_draft (f->catalog, "t2v/happyhorse-1.0-t2v", "old");
  g_autofree char *json = yj_draft_to_json (old);

  g_assert_false (yj_draft_list_import (f->list, "{\"model\":\"gone\"}"));
  g_assert_false (yj_draft_list_import (f->list, "nonsense"));
  assert_all (f, "[]");
  g_assert_true (yj_draft_list_import (f->list, json));
  assert_all (f, "[old]");
  restart (f);
  assert_all (f, "[old]");
  g_assert_true (yj_draft_list_import (f->list, json));
  assert_all (f, "old [old]");
}

/* A row that this version cannot read is left alone. */
static void
test_unreadable (Fixture       *f,
                 gconstpointer  data)
{
  YjDraftRow row = { .name = (char *) "later", .recipe = (char *) "{\"model\":\"not/here\"}", .position = 5 };
  g_autoptr(GAsyncResult) saved = NULL, loaded = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  yj_library_save_draft_async (f->library, &row, yj_test_take_result, &saved);
  yj_test_wait (saved != NULL);
  three (f);
  restart (f);
  assert_all (f, "a b [c]");
  yj_library_load_drafts_async (f->library, NULL, yj_test_take_result, &loaded);
  yj_test_wait (loaded != NULL);
  rows = yj_library_load_drafts_finish (f->library, loaded, NULL);
  g_assert_cmpuint (rows->len, ==, 4);
}

#define ADD(name, func) g_test_add ("/draft-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("cursor", test_cursor);
  ADD ("models-change", test_models_change);
  ADD ("by-itself", test_by_itself);
  ADD ("move", test_move);
  ADD ("close", test_close);
  ADD ("duplicate", test_duplicate);
  ADD ("import", test_import);
  ADD ("unreadable", test_unreadable);

  return g_test_run ();
}
