/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "library-test.h"

static YjReference *
keep (YjLibrary  *library,
      GFile      *file,
      const char *extension,
      GError    **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_keep_reference_async (library, file, extension, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_library_keep_reference_finish (library, result, error);
}

static GFile *
make_file (const char *name,
           const char *contents,
           gssize      length)
{
  g_autofree char *folder = g_dir_make_tmp ("yuanjing-source-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  return g_file_new_for_path (path);
}

static guint
count_files (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }
  return n;
}

static guint
count_references (GFile *folder)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "references", NULL);

  return count_files (path);
}

static void
test_keep (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autofree char *contents = g_malloc (3000000);
  g_autofree char *hash = NULL, *relative = NULL, *expected = NULL, *kept = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(YjReference) reference = NULL, same = NULL, itself = NULL;
  g_autoptr(GError) error = NULL;
  struct stat facts;
  gsize length;

  for (guint i = 0; i < 3000000; i++)
    contents[i] = (char) (i * 2654435761u >> 13);
  file = make_file ("照片.JPG", contents, 3000000);
  reference = keep (library, file, "JPG", &error);
  g_assert_no_error (error);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, 3000000);
  g_assert_cmpstr (reference->sha256, ==, hash);
  g_assert_cmpint (reference->size, ==, 3000000);
  relative = g_file_get_relative_path (folder, reference->file);
  expected = g_strdup_printf ("references/%.2s/%s.jpg", hash, hash);
  g_assert_cmpstr (relative, ==, expected);
  g_assert_true (g_file_load_contents (reference->file, NULL, &kept, &length, NULL, NULL));
  g_assert_cmpmem (kept, length, contents, 3000000);
  g_assert_no_errno (g_stat (g_file_peek_path (reference->file), &facts));
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  same = keep (library, file, "jpg", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (same->file, reference->file));
  itself = keep (library, reference->file, "jpg", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (itself->file, reference->file));
  g_assert_cmpstr (itself->sha256, ==, hash);
  g_assert_cmpint (itself->size, ==, 3000000);
  g_assert_cmpuint (count_references (folder), ==, 1);
  yj_test_close (library);
}

static void
assert_refused (YjLibrary  *library,
                const char *path,
                GQuark      domain,
                int         code)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(YjReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  reference = keep (library, file, "jpg", &error);
  g_assert_null (reference);
  g_assert_error (error, domain, code);
}

static void
test_refuse (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) empty = make_file ("empty", "", 0);
  g_autofree char *parent = g_path_get_dirname (g_file_peek_path (empty));
  g_autofree char *fifo = g_build_filename (parent, "fifo", NULL);
  g_autofree char *link = g_build_filename (parent, "link", NULL);

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink ("/dev/zero", link));
  assert_refused (library, parent, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_refused (library, g_file_peek_path (empty), G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_refused (library, fifo, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (library, "/dev/zero", G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (library, link, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (library, "/proc/self/status", G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_refused (library, "/no such file", G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_references (folder), ==, 0);
  yj_test_close (library);
}

typedef struct
{
  const char *path;
  int         stop;
} Grow;

static gpointer
grow_thread (gpointer user_data)
{
  Grow *grow = user_data;
  int fd = g_open (grow->path, O_WRONLY | O_APPEND, 0);

  while (!g_atomic_int_get (&grow->stop))
    {
      g_assert_cmpint (write (fd, "x", 1), ==, 1);
      g_usleep (200);
    }
  close (fd);
  return NULL;
}

static void
test_changes_while_read (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) file = make_file ("growing", "x", 1);
  Grow grow = { g_file_peek_path (file), 0 };
  GThread *thread;

  g_assert_no_errno (truncate (grow.path, 32 * 1024 * 1024));
  thread = g_thread_new ("grow", grow_thread, &grow);
  assert_refused (library, grow.path, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_atomic_int_set (&grow.stop, 1);
  g_thread_join (thread);
  g_assert_cmpuint (count_references (folder), ==, 0);
  yj_test_close (library);
}

static void
test_cancel (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) file = make_file ("large", "x", 1);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (truncate (g_file_peek_path (file), 64 * 1024 * 1024));
  yj_library_keep_reference_async (library, file, "mp4", cancellable, yj_test_take_result, &result);
  yj_test_wait (count_references (folder) == 1);
  g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  reference = yj_library_keep_reference_finish (library, result, &error);
  g_assert_null (reference);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_references (folder), ==, 0);
  yj_test_close (library);
}

static void
make_old (const char *path)
{
  struct timespec times[2] = { { .tv_sec = time (NULL) - 40 * 24 * 60 * 60 }, { 0 } };

  times[1] = times[0];
  g_assert_no_errno (utimensat (AT_FDCWD, path, times, 0));
}

static gint64
save_job_with (YjLibrary   *library,
               YjReference *reference)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autofree char *uri = g_file_get_uri (reference->file);

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("ready");
  row->recipe = g_strdup_printf ("{\"files\":[{\"uri\":\"%s\"}]}", uri);
  return yj_test_save_job (library, row, NULL);
}

static void
save_draft_with (YjLibrary   *library,
                 YjReference *reference)
{
  g_autofree char *uri = g_file_get_uri (reference->file);
  g_autofree char *recipe = g_strdup_printf ("{\"files\":[{\"uri\":\"%s\"}]}", uri);
  YjDraftRow row = { .recipe = recipe };
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_save_draft_async (library, &row, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_save_draft_finish (library, result, NULL));
  g_assert_cmpint (row.id, !=, 0);
}

/* Unused for a month: gone at the next opening. Needed, or unused since today: kept. */
static void
test_tidy (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  static const char * const names[] = { "unused", "needed", "deleted", "new", "drafted" };
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *part = g_build_filename (g_file_peek_path (folder), "references", "AbCdEf.part", NULL);
  YjReference *references[G_N_ELEMENTS (names)];
  gint64 id;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = make_file (names[i], names[i], -1);

      references[i] = keep (library, file, "png", NULL);
      g_assert_nonnull (references[i]);
      if (i != 3)
        make_old (g_file_peek_path (references[i]->file));
    }
  g_assert_true (g_file_set_contents (part, "half", 4, NULL));
  make_old (part);
  save_job_with (library, references[1]);
  save_draft_with (library, references[4]);
  id = save_job_with (library, references[2]);
  yj_library_delete_job_async (library, id, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  yj_test_close (library);
  g_assert_false (g_file_query_exists (references[0]->file, NULL));
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_file_query_exists (references[i]->file, NULL));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    yj_reference_free (references[i]);
}

/* Of what was pasted only that goes which is old, and which no job and no draft names. */
static void
test_tidy_pasted (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder (), cache = yj_test_new_folder ();
  g_autoptr(GFile) pasted = g_file_get_child (cache, "pasted"), missing = g_file_get_child (cache, "nothing");
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  static const char * const names[] = { "unused.png", "drafted 画.png", "of a job.png", "new.png", "inner" };
  GFile *files[G_N_ELEMENTS (names)];

  g_assert_true (g_file_make_directory_with_parents (pasted, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      files[i] = g_file_get_child (pasted, names[i]);
      if (g_str_equal (names[i], "inner"))
        g_assert_true (g_file_make_directory (files[i], NULL, NULL));
      else
        g_assert_true (g_file_set_contents (g_file_peek_path (files[i]), "x", 1, NULL));
      if (!g_str_equal (names[i], "new.png"))
        make_old (g_file_peek_path (files[i]));
    }
  save_draft_with (library, &(YjReference) { .file = files[1] });
  save_job_with (library, &(YjReference) { .file = files[2] });

  yj_library_tidy_pasted (library, missing);
  yj_library_tidy_pasted (library, pasted);
  yj_test_close (library);
  g_assert_false (g_file_query_exists (files[0], NULL));
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_file_query_exists (files[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_unref (files[i]);
}

static GListModel *
list_references (YjLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GListModel *list;

  yj_library_list_references_async (library, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  list = yj_library_list_references_finish (library, result, &error);
  g_assert_no_error (error);
  return list;
}

static gint64
use (YjLibrary   *library,
     YjReference *reference,
     const char  *name,
     gint64       created)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autofree char *base = g_file_get_basename (reference->file);

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("ready");
  row->created = created;
  row->recipe = g_strdup_printf ("{\"files\":[{\"uri\":\"library:///references/%.2s/%s\",\"name\":\"%s\",\"type\":\"image/png\","
                                 "\"size\":%d,\"width\":640,\"height\":480},"
                                 /* twice in one job is one job; what lies elsewhere or nowhere is none of ours */
                                 "{\"uri\":\"library:///references/%.2s/%s\",\"name\":\"%s\",\"size\":%d,\"width\":640},"
                                 "{\"uri\":\"library:///references/../../etc/passwd\"},{\"uri\":\"file:///home/a.png\"},17]}",
                                 base, base, name, (int) strlen (name), base, base, name, (int) strlen (name));
  return yj_test_save_job (library, row, NULL);
}

/* The same content is one, whatever it was called, with the facts of its last use; a name and a note stay with it. */
static void
test_used_before (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) one = make_file ("one", "one", -1), two = make_file ("two", "two", -1), gone = make_file ("gone", "gone", -1);
  YjReference *references[] = { keep (library, one, "png", NULL), keep (library, two, "png", NULL), keep (library, gone, "png", NULL) };
  g_autoptr(GListModel) empty = list_references (library), list = NULL, again = NULL;
  g_autoptr(YjKeptReference) first = NULL, second = NULL, named = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (empty), ==, 0);
  use (library, references[0], "moon.png", 100);
  use (library, references[1], "sea.png", 200);
  use (library, references[0], "the moon.png", 300);
  use (library, references[2], "gone.png", 400);
  g_assert_true (g_file_delete (references[2]->file, NULL, NULL));

  list = list_references (library);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  first = g_list_model_get_item (list, 0);
  second = g_list_model_get_item (list, 1);
  g_assert_cmpstr (yj_kept_reference_get_name (first), ==, "the moon.png");
  g_assert_cmpstr (yj_kept_reference_get_note (first), ==, "");
  g_assert_cmpstr (yj_kept_reference_get_sha256 (first), ==, references[0]->sha256);
  g_assert_true (g_file_equal (yj_kept_reference_get_file (first), references[0]->file));
  g_assert_cmpuint (yj_kept_reference_get_facts (first)->n_jobs, ==, 2);
  g_assert_cmpint (yj_kept_reference_get_facts (first)->used, ==, 300);
  g_assert_cmpint (yj_kept_reference_get_facts (first)->width, ==, 640);
  g_assert_cmpint (yj_kept_reference_get_facts (first)->size, ==, strlen ("the moon.png"));
  g_assert_cmpstr (yj_kept_reference_get_name (second), ==, "sea.png");
  g_assert_cmpuint (yj_kept_reference_get_facts (second)->n_jobs, ==, 1);

  g_object_set (second, "name", "海", "note", "never mind", NULL);
  yj_library_save_reference (library, second);
  g_object_set (second, "note", "by night", NULL);
  yj_library_save_reference (library, second);
  yj_test_close (library);
  g_clear_object (&library);
  library = yj_test_open (folder);
  again = list_references (library);
  named = g_list_model_get_item (again, 1);
  g_assert_cmpstr (yj_kept_reference_get_name (named), ==, "海");
  g_assert_cmpstr (yj_kept_reference_get_note (named), ==, "by night");
  yj_test_close (library);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    yj_reference_free (references[i]);
}

static void
delete_job (YjLibrary *library,
            gint64     id)
{
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_cmpint (id, >, 0);
  yj_library_delete_job_async (library, id, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
}

/* What a person named or wrote about stays, with what is known of it, when the last job that used it is gone; what has
   neither name nor note any more goes as anything else. */
static void
test_named_stays (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  static const char * const names[] = { "named", "noted", "let go", "plain" };
  YjReference *references[G_N_ELEMENTS (names)];
  gint64 jobs[G_N_ELEMENTS (names)];
  g_autoptr(GListModel) list = NULL, left = NULL;
  g_autoptr(YjKeptReference) named = NULL, noted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = make_file (names[i], names[i], -1);

      references[i] = keep (library, file, "png", NULL);
      jobs[i] = use (library, references[i], names[i], 400 - i);
    }
  list = list_references (library);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(YjKeptReference) reference = g_list_model_get_item (list, i);

      g_object_set (reference, "name", i == 1 ? "" : "the hero", "note", i == 1 ? "her coat" : "", NULL);
      yj_library_save_reference (library, reference);
      if (i == 2)
        {
          g_object_set (reference, "name", "", NULL);
          yj_library_save_reference (library, reference);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      delete_job (library, jobs[i]);
      make_old (g_file_peek_path (references[i]->file));
    }
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  left = list_references (library);
  yj_test_close (library);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (g_file_query_exists (references[i]->file, NULL), ==, i < 2);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 2);
  named = g_list_model_get_item (left, 0);
  noted = g_list_model_get_item (left, 1);
  g_assert_cmpstr (yj_kept_reference_get_name (named), ==, "the hero");
  g_assert_cmpstr (yj_kept_reference_get_note (noted), ==, "her coat");
  g_assert_cmpstr (yj_kept_reference_get_name (noted), ==, "noted");
  g_assert_true (g_file_equal (yj_kept_reference_get_file (named), references[0]->file));
  g_assert_cmpstr (yj_kept_reference_get_facts (named)->content_type, ==, "image/png");
  g_assert_cmpint (yj_kept_reference_get_facts (named)->width, ==, 640);
  g_assert_cmpint (yj_kept_reference_get_facts (named)->size, ==, strlen ("named"));
  g_assert_cmpint (yj_kept_reference_get_facts (named)->used, ==, 400);
  g_assert_cmpuint (yj_kept_reference_get_facts (named)->n_jobs, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    yj_reference_free (references[i]);
}

/* As the dialog saves it: both, whichever was changed. */
static void
save (YjLibrary       *library,
      YjKeptReference *reference,
      const char      *name,
      const char      *note)
{
  g_object_set (reference, "name", name, "note", note, NULL);
  yj_library_save_reference (library, reference);
}

/* The name of the file is none that a person gave: saved with the note, or as it was, it keeps nothing. One that was given
   does, also where a later job calls the file so. */
static void
test_own_name (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  static const char * const names[] = { "given.png", "emptied.png", "as it was.png", "taken back.png" };
  YjReference *references[G_N_ELEMENTS (names)];
  gint64 jobs[G_N_ELEMENTS (names) + 1];
  g_autoptr(GListModel) list = NULL, again = NULL, left = NULL;
  g_autoptr(YjKeptReference) given = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = make_file (names[i], names[i], -1);

      references[i] = keep (library, file, "png", NULL);
      jobs[i] = use (library, references[i], names[i], 400 - i);
    }
  list = list_references (library);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(YjKeptReference) reference = g_list_model_get_item (list, i);

      g_assert_cmpstr (yj_kept_reference_get_name (reference), ==, names[i]);
      save (library, reference, i == 0 || i == 3 ? "the hero" : names[i], i == 1 ? "her coat" : "");
      if (i == 3)
        {
          save (library, reference, "", "");
          g_assert_cmpstr (yj_kept_reference_get_name (reference), ==, names[i]);
        }
      if (i > 0)
        save (library, reference, names[i], "");
    }
  jobs[G_N_ELEMENTS (names)] = use (library, references[0], "the hero", 500);
  again = list_references (library);
  given = g_list_model_get_item (again, 0);
  save (library, given, "the hero", "her coat");
  save (library, given, "the hero", "");
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    delete_job (library, jobs[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    make_old (g_file_peek_path (references[i]->file));
  yj_test_close (library);
  g_clear_object (&library);

  library = yj_test_open (folder);
  left = list_references (library);
  yj_test_close (library);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpint (g_file_query_exists (references[i]->file, NULL), ==, i == 0);
      yj_reference_free (references[i]);
    }
}

static void
trash_job (YjLibrary *library,
           gint64     id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  yj_library_mark_jobs_async (library, ids, YJ_JOB_MARK_TRASHED, 9, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_mark_jobs_finish (library, result, NULL));
}

static void
assert_facts (YjLibrary *library,
              guint      n_jobs,
              guint      n_trashed,
              gint64     used)
{
  g_autoptr(GListModel) list = list_references (library);
  g_autoptr(YjKeptReference) reference = g_list_model_get_item (list, 0);
  const YjKeptFacts *facts = yj_kept_reference_get_facts (reference);

  g_assert_cmpstr (yj_kept_reference_get_name (reference), ==, "the hero");
  g_assert_cmpuint (facts->n_jobs, ==, n_jobs);
  g_assert_cmpuint (facts->n_trashed, ==, n_trashed);
  g_assert_cmpint (facts->used, ==, used);
}

/* Uses after the name was given count, also when their jobs are gone; a job in the trash still keeps what it used, and
   with the last job only name and note do. */
static void
test_last_use (void)
{
  g_autoptr(GFile) folder = yj_test_new_folder ();
  g_autoptr(YjLibrary) library = yj_test_open (folder);
  g_autoptr(GFile) file = make_file ("a.png", "a", -1), other = make_file ("b.png", "b", -1);
  YjReference *reference = keep (library, file, "png", NULL), *between = keep (library, other, "png", NULL);
  g_autoptr(GListModel) list = NULL, trashed = NULL, alone = NULL, none = NULL;
  g_autoptr(YjKeptReference) first = NULL, second = NULL, last = NULL;
  gint64 one = use (library, reference, "a.png", 100), two, three;

  list = list_references (library);
  first = g_list_model_get_item (list, 0);
  save (library, first, "the hero", "");
  two = use (library, reference, "a.png", 500);
  three = use (library, between, "b.png", 300);
  assert_facts (library, 2, 0, 500);
  delete_job (library, two);
  assert_facts (library, 1, 0, 500);
  trash_job (library, one);
  assert_facts (library, 0, 1, 500);
  delete_job (library, three);

  trashed = list_references (library);
  second = g_list_model_get_item (trashed, 0);
  save (library, second, "", "");
  g_assert_true (yj_kept_reference_is_kept (second));
  save (library, second, "the hero", "");
  delete_job (library, one);
  assert_facts (library, 0, 0, 500);

  alone = list_references (library);
  last = g_list_model_get_item (alone, 0);
  g_assert_true (yj_kept_reference_is_kept (last));
  save (library, last, "", "");
  g_assert_false (yj_kept_reference_is_kept (last));
  none = list_references (library);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  yj_test_close (library);
  yj_reference_free (reference);
  yj_reference_free (between);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/references/keep", test_keep);
  g_test_add_func ("/references/refuse", test_refuse);
  g_test_add_func ("/references/changes-while-read", test_changes_while_read);
  g_test_add_func ("/references/cancel", test_cancel);
  g_test_add_func ("/references/tidy", test_tidy);
  g_test_add_func ("/references/tidy-pasted", test_tidy_pasted);
  g_test_add_func ("/references/used-before", test_used_before);
  g_test_add_func ("/references/named-stays", test_named_stays);
  g_test_add_func ("/references/own-name", test_own_name);
  g_test_add_func ("/references/last-use", test_last_use);

  return g_test_run ();
}
