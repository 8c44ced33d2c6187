/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desktop's shell is answered, on a bus that starts the program by itself. */
#include "yj-test-library.h"

#include <sqlite3.h>

#define NAME YJ_APP_ID ".SearchProvider"
#define DAY G_TIME_SPAN_DAY

typedef struct
{
  char            *folder;
  YjLibrary       *library;     /* NULL: closed, or never made */
  GTestDBus       *bus;
  GDBusConnection *connection;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *top = g_dir_make_tmp ("yuanjing-search-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;

  fixture->folder = g_build_filename (top, "库 with spaces", NULL);
  g_setenv ("YUANJING_DATA_DIR", fixture->folder, TRUE);
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (fixture->bus, g_test_get_filename (G_TEST_BUILT, "search", NULL));
  g_test_dbus_up (fixture->bus);
  fixture->connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (fixture->bus),
                                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  if (data != NULL)
    fixture->library = yj_test_open_path (fixture->folder);
}

static void
close_library (Fixture *fixture)
{
  if (fixture->library != NULL)
    yj_test_close (fixture->library);
  g_clear_object (&fixture->library);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *top = g_path_get_dirname (fixture->folder);

  close_library (fixture);
  g_clear_object (&fixture->connection);
  g_test_dbus_stop (fixture->bus);
  g_clear_object (&fixture->bus);
  yj_test_remove_tree (top);
  g_clear_pointer (&fixture->folder, g_free);
}

/* ---- what lies in the library */

static char *
add_job (Fixture    *fixture,
         const char *prompt,
         const char *state,
         gint64      created,
         const char *cover)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup (state);
  row->origin = g_strdup ("https://example.org");
  row->mode = g_strdup ("t2v");
  row->model_id = g_strdup ("t2v/happyhorse-1.0-t2v");
  row->model_name = g_strdup ("happyhorse-1.0-t2v");
  row->prompt = g_strdup (prompt);
  row->recipe = g_strdup ("{}");
  row->created = created;
  row->cover = g_strdup (cover);
  row->duration = cover != NULL ? G_GINT64_CONSTANT (5000000000) : 0;
  yj_library_save_job_async (fixture->library, row, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_cmpint (yj_library_save_job_finish (fixture->library, result, &error), >, 0);
  g_assert_no_error (error);

  return g_strconcat ("job:", row->uuid, NULL);
}

static void
mark_job (Fixture    *fixture,
          gint64      id,
          YjJobMark   mark,
          gint64      value,
          const char *tag)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_array_append_val (ids, id);
  yj_library_mark_jobs_async (fixture->library, ids, mark, value, tag, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_mark_jobs_finish (fixture->library, result, &error));
  g_assert_no_error (error);
}

static YjConversation *
add_conversation (Fixture    *fixture,
                  const char *question,
                  const char *answer)
{
  YjConversation *conversation = yj_library_new_conversation (fixture->library);
  YjMessage *message;

  yj_library_add_message (fixture->library, conversation, YJ_MESSAGE_USER, question);
  message = yj_library_add_message (fixture->library, conversation, YJ_MESSAGE_ASSISTANT, NULL);
  yj_message_append (message, answer, NULL);
  g_object_set (message, "state", YJ_MESSAGE_COMPLETE, NULL);
  yj_library_save_message (fixture->library, message);
  yj_test_wait (yj_message_get_id (message) != 0);

  return conversation;
}

static char *
dup_name (YjConversation *conversation)
{
  return g_strdup_printf ("conversation:%" G_GINT64_FORMAT, yj_conversation_get_id (conversation));
}

/* ---- what is asked */

static GVariant *
call (Fixture    *fixture,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr(GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (fixture->connection, NAME, "/ai/opencomputing/Yuanjing/SearchProvider",
                                                 "org.gnome.Shell.SearchProvider2", method, parameters, NULL,
                                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

/* Shells give single words. */
static GStrv
find (Fixture            *fixture,
      const char         *query,
      const char * const *previous)
{
  g_auto(GStrv) terms = g_strsplit (query, " ", -1);
  g_autoptr(GVariant) reply = NULL;
  GStrv names;

  if (previous != NULL)
    reply = call (fixture, "GetSubsearchResultSet", g_variant_new ("(^as^as)", previous, terms));
  else
    reply = call (fixture, "GetInitialResultSet", g_variant_new ("(^as)", terms));
  g_variant_get (reply, "(^as)", &names);

  return names;
}

/* Whether exactly these are found, in this order. */
static void G_GNUC_NULL_TERMINATED
assert_finds (Fixture    *fixture,
              const char *query,
              ...)
{
  g_auto(GStrv) names = find (fixture, query, NULL);
  const char *expected;
  guint n = 0;
  va_list list;

  g_test_message ("%s", query);
  va_start (list, query);
  while ((expected = va_arg (list, const char *)) != NULL)
    g_assert_cmpstr (names[n++], ==, expected);
  va_end (list);
  g_assert_cmpstr (names[n], ==, NULL);
}

/* ---- what is found */

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 now = g_get_real_time ();
  g_autofree char *old = add_job (fixture, "月亮门外，小船缓缓驶过湖面", "ready", now - DAY, NULL);
  g_autofree char *new = add_job (fixture, "A boat passes the moon gate, 小船", "running", now, NULL);
  g_autofree char *failed = add_job (fixture, "小船和猫", "failed", now + DAY, NULL);
  g_autofree char *spoken = dup_name (add_conversation (fixture, "写一首诗", "一只小船在Moonlight下"));
  g_autofree char *titled = dup_name (add_conversation (fixture, "小船怎么画？", "先画船身。"));

  /* Videos and titles by their age, then what speaks of it, then what came to nothing. */
  assert_finds (fixture, "小船", titled, new, old, spoken, failed, NULL);
  assert_finds (fixture, "船", titled, new, old, spoken, failed, NULL);
  assert_finds (fixture, "湖面", old, NULL);
  assert_finds (fixture, "面湖", NULL);
  assert_finds (fixture, "moon", new, spoken, NULL);
  assert_finds (fixture, "MOON GA", new, NULL);
  assert_finds (fixture, "boat 小船", new, NULL);
  assert_finds (fixture, "小船 猫", failed, NULL);
  /* A word from its beginning; one letter begins any; signs alone are of no script. */
  assert_finds (fixture, "oon", NULL);
  assert_finds (fixture, "oat", NULL);
  assert_finds (fixture, "m", NULL);
  assert_finds (fixture, "", NULL);
  assert_finds (fixture, "%_", NULL);
  assert_finds (fixture, "\"", NULL);
  assert_finds (fixture, "moon NOT gate", NULL);
}

static void
test_left_out (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 now = g_get_real_time ();
  g_autofree char *kept = add_job (fixture, "one boat", "ready", now, NULL);
  g_autofree char *trashed = add_job (fixture, "two boats", "ready", now + 1, NULL);
  g_autofree char *behind = add_job (fixture, "three boats", "ready", now + 2, NULL);
  g_autofree char *tagged = add_job (fixture, "four ships", "ready", now + 3, NULL);
  YjConversation *gone = add_conversation (fixture, "Which boat?", "That one.");
  YjConversation *open = add_conversation (fixture, "What floats?", "First this.");
  YjMessage *deleted = yj_library_add_message (fixture->library, open, YJ_MESSAGE_USER, "A boat");

  yj_test_wait (yj_message_get_id (deleted) != 0);
  mark_job (fixture, 2, YJ_JOB_MARK_TRASHED, now, NULL);
  mark_job (fixture, 3, YJ_JOB_MARK_FOLDED, 0, kept + strlen ("job:"));
  mark_job (fixture, 4, YJ_JOB_MARK_TAG, TRUE, "boats of 2026");
  yj_library_trash_conversation (fixture->library, gone);
  yj_library_trash_message (fixture->library, open, deleted);
  close_library (fixture);

  assert_finds (fixture, "boat", tagged, kept, NULL);
  /* What lies behind another is found by what only it has. */
  assert_finds (fixture, "three", behind, NULL);
  assert_finds (fixture, "two", NULL);
  g_assert_nonnull (trashed);
}

static void
test_narrows (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *job = add_job (fixture, "元境的小船", "ready", g_get_real_time (), NULL);
  g_autofree char *other = add_job (fixture, "元宝", "ready", g_get_real_time () - DAY, NULL);
  g_autofree char *chat = dup_name (add_conversation (fixture, "元境是什么？", "一个平台"));
  g_auto(GStrv) all = find (fixture, "元", NULL);
  g_auto(GStrv) narrowed = NULL, first = NULL;
  const char *one[] = { chat, NULL }, *none[] = { NULL };

  g_assert_cmpuint (g_strv_length (all), ==, 3);
  narrowed = find (fixture, "元境", (const char * const *) all);
  g_assert_cmpuint (g_strv_length (narrowed), ==, 2);
  g_assert_true (g_strv_contains ((const char * const *) narrowed, job));
  g_assert_true (g_strv_contains ((const char * const *) narrowed, chat));
  g_strfreev (narrowed);
  narrowed = find (fixture, "元境", one);
  g_assert_cmpuint (g_strv_length (narrowed), ==, 1);
  g_assert_cmpstr (narrowed[0], ==, chat);
  /* One letter had found nothing yet. */
  first = find (fixture, "元宝", none);
  g_assert_cmpuint (g_strv_length (first), ==, 1);
  g_assert_cmpstr (first[0], ==, other);
}

/* ---- what results say */

static void
assert_meta (GVariant   *metas,
             guint       i,
             const char *id,
             const char *name,
             const char *description,
             GIcon      *icon)
{
  g_autoptr(GVariant) meta = g_variant_get_child_value (metas, i);
  g_autoptr(GVariant) serialized = g_variant_lookup_value (meta, "icon", NULL);
  g_autoptr(GIcon) got = g_icon_deserialize (serialized);
  const char *text;

  g_assert_true (g_variant_lookup (meta, "id", "&s", &text));
  g_assert_cmpstr (text, ==, id);
  g_assert_true (g_variant_lookup (meta, "name", "&s", &text));
  g_assert_cmpstr (text, ==, name);
  g_assert_true (g_variant_lookup (meta, "description", "&s", &text));
  g_assert_cmpstr (text, ==, description);
  g_assert_true (g_icon_equal (got, icon));
}

static void
test_metas (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *poster = g_build_filename (fixture->folder, "videos", "poster.jpg", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (poster);
  g_autoptr(GIcon) cover = g_file_icon_new (file), own = g_themed_icon_new (YJ_APP_ID);
  gint64 now = g_get_real_time ();
  g_autofree char *ready = add_job (fixture, "月亮门外，小船缓缓驶过。湖面泛起微光。", "ready", now, "poster.jpg");
  g_autofree char *coverless = add_job (fixture, "The second sentence says more. It has a lake.", "ready", now - DAY, "none.jpg");
  g_autofree char *outside = add_job (fixture, "湖面", "failed", 1, "../references/poster.jpg");
  g_autofree char *spoken = dup_name (add_conversation (fixture, "写一首诗", "湖面上有一只小船。"));
  g_autofree char *titled = dup_name (add_conversation (fixture, "湖面 <b>怎么</b>画？", "先画水。"));
  const char *names[] = { ready, coverless, outside, spoken, titled, "job:unknown", "nonsense", NULL };
  g_autoptr(GVariant) reply = NULL, metas = NULL;
  g_auto(GStrv) found = NULL;

  g_assert_true (g_file_set_contents (poster, "a picture", -1, NULL));
  found = find (fixture, "湖面", NULL);
  g_assert_cmpuint (g_strv_length (found), ==, 4);
  reply = call (fixture, "GetResultMetas", g_variant_new ("(^as)", names));
  metas = g_variant_get_child_value (reply, 0);
  /* A shell that is given fewer shows none. */
  g_assert_cmpuint (g_variant_n_children (metas), ==, 7);
  assert_meta (metas, 0, ready, "月亮门外，小船缓缓驶过", "月亮门外，小船缓缓驶过。湖面泛起微光。", cover);
  assert_meta (metas, 1, coverless, "The second sentence says more", "0:05 · HappyHorse 1.0 · Yesterday", own);
  assert_meta (metas, 2, outside, "湖面", "Failed · 0:05 · HappyHorse 1.0 · 1 January 1970", own);
  assert_meta (metas, 3, spoken, "写一首诗", "湖面上有一只小船。", own);
  assert_meta (metas, 4, titled, "湖面 <b>怎么</b>画？", "Chat · Today", own);
  assert_meta (metas, 5, "job:unknown", "Video", "", own);
  assert_meta (metas, 6, "nonsense", "New Chat", "", own);
}

/* ---- beside the app, and without it */

static void
run_sql (Fixture    *fixture,
         const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_no_library (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *job = NULL;

  assert_finds (fixture, "boat", NULL);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  /* It is there from the moment on that the app has made it. */
  fixture->library = yj_test_open_path (fixture->folder);
  assert_finds (fixture, "boat", NULL);
  job = add_job (fixture, "A boat", "ready", g_get_real_time (), NULL);
  assert_finds (fixture, "boat", job, NULL);
}

static char *
read_library (Fixture *fixture,
              gsize   *length)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  char *contents;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_other_versions (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const other[] = { "PRAGMA user_version = 1", "PRAGMA user_version = 1000", "PRAGMA application_id = 7" };
  g_autofree char *job = add_job (fixture, "A boat", "ready", g_get_real_time (), NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);

  close_library (fixture);
  assert_finds (fixture, "boat", job, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autofree char *before = NULL, *after = NULL;
      gsize before_length, after_length;

      run_sql (fixture, other[i]);
      /* what was written is in the file, not in its log */
      run_sql (fixture, "PRAGMA wal_checkpoint (TRUNCATE)");
      before = read_library (fixture, &before_length);
      assert_finds (fixture, "boat", NULL);
      after = read_library (fixture, &after_length);
      g_assert_cmpmem (before, before_length, after, after_length);
    }
  g_assert_true (g_file_set_contents (path, "This is no library at all, but a text.", -1, NULL));
  assert_finds (fixture, "boat", NULL);
}

static gboolean
is_there (Fixture *fixture)
{
  g_autoptr(GVariant) reply = g_dbus_connection_call_sync (fixture->connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                                           "NameHasOwner", g_variant_new ("(s)", NAME), NULL, 0, -1, NULL, NULL);
  gboolean owned;

  g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* The app writes, is closed, and makes its library anew while the other one is looked into. */
static void
test_beside_the_app (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *log = g_build_filename (fixture->folder, "library.db-wal", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *away = g_build_filename (fixture->folder, "away.db", NULL);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  first = add_job (fixture, "A boat", "ready", g_get_real_time (), NULL);
  assert_finds (fixture, "boat", first, NULL);
  second = add_job (fixture, "A second boat", "ready", g_get_real_time () + DAY, NULL);
  assert_finds (fixture, "boat", second, first, NULL);
  close_library (fixture);
  assert_finds (fixture, "boat", second, first, NULL);

  /* Nobody asks: the file is let go of, and its log with it. */
  yj_test_wait (!g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (is_there (fixture));
  assert_finds (fixture, "boat", second, first, NULL);
  yj_test_wait (!g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (path, away), ==, 0);
  fixture->library = yj_test_open_path (fixture->folder);
  assert_finds (fixture, "boat", NULL);
  third = add_job (fixture, "Another boat", "ready", g_get_real_time (), NULL);
  assert_finds (fixture, "boat", third, NULL);
  close_library (fixture);
  assert_finds (fixture, "boat", third, NULL);

  /* It leaves, and nothing of it stays. */
  g_assert_true (is_there (fixture));
  yj_test_wait (!is_there (fixture));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func, library) g_test_add ("/search-provider/" path, Fixture, library, set_up, func, tear_down)
  ADD ("words", test_words, "library");
  ADD ("left-out", test_left_out, "library");
  ADD ("narrows", test_narrows, "library");
  ADD ("metas", test_metas, "library");
  ADD ("no-library", test_no_library, NULL);
  ADD ("other-versions", test_other_versions, "library");
  ADD ("beside-the-app", test_beside_the_app, "library");

  return g_test_run ();
}
