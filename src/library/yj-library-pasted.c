/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that were pasted or fetched become files in a folder of the cache. They are tidied here, as only the library
   can tell which are needed. */
#define G_LOG_DOMAIN "yj-library"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <glib/gstdio.h>

#include "yj-library-private.h"

#define KEPT_DAYS 30

/* All that jobs and drafts say of their files, in one text; %NULL when that cannot be told, and then nothing is tidied. */
static char *
read_recipes (YjDatabase *database)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(GError) error = NULL;

  statement = yj_database_prepare (database, &error, "SELECT recipe FROM jobs WHERE instr (recipe, '/pasted') UNION ALL"
                                   " SELECT recipe FROM drafts WHERE instr (recipe, '/pasted')", "");
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      g_autofree char *recipe = yj_database_dup_text (statement, 0);

      g_string_append (all, recipe);
      g_string_append_c (all, '\n');
    }
  if (error == NULL)
    return g_string_free_and_steal (g_steal_pointer (&all));

  g_debug ("Cannot tell which pasted files are needed: %s", error->message);
  return NULL;
}

/* The name alone counts, wherever the folder was then; and as it stands in an address or as it is. */
static gboolean
is_needed (const char *recipes,
           const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH_ELEMENT, FALSE);
  g_autofree char *strictly = g_uri_escape_string (name, NULL, FALSE);

  return strstr (recipes, name) != NULL || strstr (recipes, escaped) != NULL || strstr (recipes, strictly) != NULL;
}

static void
tidy_pasted (YjDatabase *database,
             GTask      *task,
             gpointer    task_data)
{
  const char *path = task_data, *name;
  g_autofree char *recipes = read_recipes (database);
  g_autoptr(GDir) folder = recipes != NULL ? g_dir_open (path, 0, NULL) : NULL;
  gint64 oldest = g_get_real_time () / G_USEC_PER_SEC - KEPT_DAYS * 24 * 60 * 60;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      struct stat facts;

      if (lstat (file, &facts) != 0 || !S_ISREG (facts.st_mode))
        continue;
      /* its days count from when it was last needed */
      if (is_needed (recipes, name))
        utimensat (AT_FDCWD, file, NULL, AT_SYMLINK_NOFOLLOW);
      else if (facts.st_mtime < oldest)
        g_unlink (file);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_library_tidy_pasted:
 * @self: a library
 * @folder: where what was pasted or fetched lies; need not exist
 *
 * Deletes, without being waited for, the files in @folder (not below it) that no job and no draft has named for 30 days.
 * Call it once all drafts are in the library.
 */
void
yj_library_tidy_pasted (YjLibrary *self,
                        GFile     *folder)
{
  GTask *task;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (folder));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_file_get_path (folder), g_free);
  yj_library_push (self, task, tidy_pasted);
}
