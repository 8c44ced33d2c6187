/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include "yj-survey.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <glib/gstdio.h>

#include "yj-library-private.h"
#include "yj-named-file.h"

#define YOUNG (60 * 60)         /* s: what is younger may belong to a row that is not written yet */

/**
 * yj_survey_free:
 * @survey: (transfer full): a survey
 */
void
yj_survey_free (YjSurvey *survey)
{
  g_strfreev (survey->vanished);
  g_clear_pointer (&survey->strays, g_ptr_array_unref);
  g_clear_pointer (&survey->place, yj_videos_place_free);
  g_free (survey);
}

typedef struct
{
  char       *folder;
  GHashTable *videos;           /* names in the folder of the videos: uuid of the job that is ready, or "" */
  GHashTable *covers;           /* names there */
  GHashTable *uuids;            /* of all jobs */
} Names;

static void
names_free (Names *names)
{
  g_free (names->folder);
  g_hash_table_unref (names->videos);
  g_hash_table_unref (names->covers);
  g_hash_table_unref (names->uuids);
  g_free (names);
}

/* ---- what rows say, on the thread of the database */

static void
read_names (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  Names *names = task_data;
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT uuid, file, cover, state = 'ready' FROM jobs", "");
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      char *uuid = yj_database_dup_text (statement, 0), *file = yj_database_dup_text (statement, 1);
      char *cover = yj_database_dup_text (statement, 2);

      if (file != NULL)
        g_hash_table_insert (names->videos, file, g_strdup (sqlite3_column_int (statement, 3) ? uuid : ""));
      if (cover != NULL)
        g_hash_table_add (names->covers, cover);
      g_hash_table_add (names->uuids, uuid);
    }
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- what lies there, on a thread of its own */

static gint64
measure (const char   *path,
         GCancellable *cancellable,
         guint         depth)
{
  g_autoptr(GDir) folder = depth < 8 ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;
  gint64 size = 0;

  while (folder != NULL && !g_cancellable_is_cancelled (cancellable) && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat facts;

      if (lstat (child, &facts) != 0)
        continue;
      size += S_ISDIR (facts.st_mode) ? measure (child, cancellable, depth + 1) : facts.st_size;
    }

  return size;
}

/* A download under way, whose job goes on with it. */
static gboolean
is_part (Names      *names,
         const char *name)
{
  g_autofree char *uuid = g_strndup (name, strcspn (name, "."));

  return g_str_has_suffix (name, ".part") && g_hash_table_contains (names->uuids, uuid);
}

static void
look_at_video (Names       *names,
               YjSurvey    *survey,
               const char  *folder,
               const char  *name,
               struct stat *facts)
{
  if (g_hash_table_contains (names->videos, name))
    {
      survey->videos += facts->st_size;
      survey->n_videos++;
      return;
    }
  if (g_hash_table_contains (names->covers, name))
    {
      survey->covers += facts->st_size;
      return;
    }
  survey->rest += facts->st_size;
  if (S_ISREG (facts->st_mode) && !is_part (names, name) && facts->st_mtime < g_get_real_time () / G_USEC_PER_SEC - YOUNG)
    {
      g_ptr_array_add (survey->strays, g_file_new_build_filename (folder, name, NULL));
      survey->strays_size += facts->st_size;
    }
}

static void
look_at_videos (Names        *names,
                YjSurvey     *survey,
                const char   *path,
                GCancellable *cancellable)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && !g_cancellable_is_cancelled (cancellable) && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat facts;

      if (lstat (child, &facts) != 0)
        continue;
      if (S_ISDIR (facts.st_mode) && !g_str_equal (name, YJ_NAMED_FOLDER))
        survey->rest += measure (child, cancellable, 0);
      else if (!S_ISDIR (facts.st_mode))
        look_at_video (names, survey, path, name, &facts);
    }
}

static GStrv
list_vanished (Names      *names,
               const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  const char *name, *uuid;
  struct stat facts;

  /* A folder that is not there, as of a disk that is unplugged, tells nothing about its files. */
  if (stat (path, &facts) != 0)
    return g_strv_builder_end (builder);
  g_hash_table_iter_init (&iter, names->videos);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &uuid))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (*uuid != '\0' && lstat (child, &facts) != 0 && errno == ENOENT)
        g_strv_builder_add (builder, uuid);
    }

  return g_strv_builder_end (builder);
}

static void
look_at_top (YjSurvey     *survey,
             const char   *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat facts;

      if (lstat (child, &facts) != 0 || S_ISDIR (facts.st_mode))
        continue;
      if (g_str_has_prefix (name, "library"))
        survey->database += facts.st_size;
      else
        survey->rest += facts.st_size;
    }
}

static void
survey_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Names *names = task_data;
  YjSurvey *survey = g_new0 (YjSurvey, 1);
  g_autofree char *videos = g_build_filename (names->folder, "videos", NULL);
  g_autofree char *references = g_build_filename (names->folder, "references", NULL);
  struct statvfs disk;

  survey->strays = g_ptr_array_new_with_free_func (g_object_unref);
  survey->place = yj_videos_place_look (names->folder);
  survey->available = statvfs (videos, &disk) == 0 ? (gint64) disk.f_bavail * (gint64) disk.f_frsize : -1;
  look_at_top (survey, names->folder);
  look_at_videos (names, survey, videos, cancellable);
  survey->references = measure (references, cancellable, 0);
  survey->vanished = list_vanished (names, videos);
  g_task_return_pointer (task, survey, (GDestroyNotify) yj_survey_free);
}

static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_run_in_thread (task, survey_thread);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_survey_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks through the library's folder: how much of what there is, which videos have vanished, and which files in the
 * folder of the videos belong to no job. What came there within the last hour is taken for somebody's. Changes nothing.
 */
void
yj_library_survey_async (YjLibrary           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task, *reading;
  Names *names;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_survey_async);
  names = g_new0 (Names, 1);
  names->folder = g_file_get_path (self->folder);
  names->videos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->covers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, names, (GDestroyNotify) names_free);
  reading = g_task_new (self, cancellable, named_cb, task);
  g_task_set_task_data (reading, names, NULL);
  yj_library_push (self, reading, read_names);
}

/**
 * yj_library_survey_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what was found, or %NULL
 */
YjSurvey *
yj_library_survey_finish (YjLibrary     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
