/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-recipe-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-bounded-read.h"
#include "yj-job-queue-private.h"
#include "yj-lineage.h"
#include "yj-probe.h"
#include "yj-recipe.h"

#define MAX_RECIPE (1 << 20)    /* bytes */
#define MAX_FILES 64
#define MAX_TRIES 1000          /* names of folders */
#define REFERENCES "references"

/* ---- out */

typedef struct
{
  GFile    *video;
  GFile    *folder;
  char     *name;
  JsonNode *root;               /* what is written; its recipe's files still lie in the library */
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->video);
  g_object_unref (self->folder);
  g_free (self->name);
  json_node_unref (self->root);
  g_free (self);
}

/* A folder that was not there before. */
static char *
make_folder (Export  *self,
             GError **error)
{
  for (guint i = 1; i < MAX_TRIES; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (self->name) : g_strdup_printf ("%s %u", self->name, i);
      g_autofree char *path = g_build_filename (g_file_peek_path (self->folder), name, NULL);

      if (g_mkdir (path, 0777) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        break;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  return NULL;
}

static gboolean
copy_to (GFile         *from,
         const char    *path,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr(GFile) to = g_file_new_for_path (path);

  return g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, error);
}

static const char *
get_ending (const char *path)
{
  const char *base = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path, *dot = strrchr (base, '.');

  return dot != NULL ? dot : "";
}

/* Copies what the recipe needs, and has it say where the copies are. */
static gboolean
copy_references (JsonObject    *recipe,
                 const char    *folder,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *sub = g_build_filename (folder, REFERENCES, NULL);
  JsonNode *node = json_object_get_member (recipe, "files");
  JsonArray *files = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);
      const char *uri = json_object_get_string_member_with_default (file, "uri", "");
      g_autoptr(GFile) from = g_file_new_for_uri (uri);
      g_autofree char *name = NULL, *path = NULL, *place = NULL;

      if (g_file_peek_path (from) == NULL)
        continue;
      if (g_mkdir (sub, 0777) != 0 && errno != EEXIST)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
          return FALSE;
        }
      name = g_strdup_printf ("%u%s", i + 1, get_ending (g_file_peek_path (from)));
      path = g_build_filename (sub, name, NULL);
      if (!copy_to (from, path, cancellable, error))
        return FALSE;
      place = g_strconcat (REFERENCES "/", name, NULL);
      json_object_set_string_member (file, "uri", place);
    }
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
write_all (Export        *self,
           const char    *folder,
           GCancellable  *cancellable,
           GError       **error)
{
  JsonObject *root = json_node_get_object (self->root);
  g_autofree char *name = g_strconcat (self->name, get_ending (g_file_peek_path (self->video)), NULL);
  g_autofree char *video = g_build_filename (folder, name, NULL);
  g_autofree char *json_name = g_strconcat (self->name, YJ_RECIPE_FILE_ENDING, NULL);
  g_autofree char *path = g_build_filename (folder, json_name, NULL);
  g_autofree char *json = NULL;

  json_object_set_string_member (root, "video", name);
  if (!copy_to (self->video, video, cancellable, error))
    return FALSE;
  if (json_object_has_member (root, "recipe") &&
      !copy_references (json_object_get_object_member (root, "recipe"), folder, cancellable, error))
    return FALSE;
  json = json_to_string (self->root, TRUE);
  return g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Export *self = task_data;
  GError *error = NULL;
  g_autofree char *folder = make_folder (self, &error);

  if (folder != NULL && write_all (self, folder, cancellable, &error))
    {
      g_task_return_pointer (task, g_file_new_for_path (folder), g_object_unref);
      return;
    }
  if (folder != NULL)
    remove_folder (folder);     /* our own: it was not there before */
  g_task_return_error (task, error);
}

static void
set_text (JsonObject *object,
          const char *name,
          const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

static void
set_time (JsonObject *object,
          const char *name,
          gint64      us)
{
  g_autoptr(GDateTime) time = us > 0 ? g_date_time_new_from_unix_utc_usec (us) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  set_text (object, name, text);
}

/* Nothing of where the person keeps things, and no address. */
static JsonNode *
describe (YjJobQueue *queue,
          YjJob      *job)
{
  g_autofree char *json = yj_recipe_from_stored (yj_job_get_recipe (job) != NULL ? yj_job_get_recipe (job) : "",
                                                 yj_library_get_folder (queue->library));
  g_autoptr(JsonNode) recipe = json_from_string (json, NULL);
  JsonNode *usage = yj_job_get_usage (job) != NULL ? json_from_string (yj_job_get_usage (job), NULL) : NULL;
  JsonObject *root = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (root, "yuanjing-recipe", 1);
  set_text (root, "prompt", yj_job_get_prompt (job));
  set_text (root, "prompt_sent", yj_job_get_prompt_sent (job));
  set_text (root, "model", yj_job_get_model_name (job));
  set_text (root, "task_id", yj_job_get_task_id (job));
  set_time (root, "submitted", yj_job_get_submitted (job));
  set_time (root, "finished", yj_job_get_finished (job));
  if (usage != NULL)
    json_object_set_member (root, "usage", usage);
  if (recipe != NULL && JSON_NODE_HOLDS_OBJECT (recipe) && !yj_job_is_joined (job))
    json_object_set_member (root, "recipe", g_steal_pointer (&recipe));
  json_node_take_object (node, root);

  return node;
}

/**
 * yj_recipe_export_async:
 * @queue: a queue
 * @job: a finished job
 * @folder: where a new folder is made
 * @name: how it is called, and what is in it
 * @cancellable: (nullable): stops it; nothing stays then
 * @callback: calls yj_recipe_export_finish ()
 * @user_data: for @callback
 *
 * Copies the video byte for byte, with its references, and writes the recipe beside it. A folder that is there already
 * is left alone: the new one gets a number.
 */
void
yj_recipe_export_async (YjJobQueue          *queue,
                        YjJob               *job,
                        GFile               *folder,
                        const char          *name,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *self = g_new0 (Export, 1);

  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  self->video = g_object_ref (yj_job_get_file (job));
  self->folder = g_object_ref (folder);
  self->name = g_strdup (name);
  self->root = describe (queue, job);
  g_task_set_source_tag (task, yj_recipe_export_async);
  g_task_set_task_data (task, self, (GDestroyNotify) export_free);
  if (g_file_peek_path (folder) == NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The folder is not on this machine");
  else
    g_task_run_in_thread (task, export_thread);
}

/**
 * yj_recipe_export_finish:
 * @result: from yj_recipe_export_async ()
 * @error: `G_IO_ERROR` or `G_FILE_ERROR` of the disk
 *
 * Returns: (transfer full): the new folder
 */
GFile *
yj_recipe_export_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- in */

typedef struct
{
  YjCatalog *catalog;
  GFile     *file;
  JsonNode  *recipe;
  guint      next;              /* of its files, the one to be looked into */
  guint      missing;
} Import;

static void
import_free (Import *self)
{
  g_object_unref (self->catalog);
  g_object_unref (self->file);
  g_clear_pointer (&self->recipe, json_node_unref);
  g_free (self);
}

/* A file of the folder of references that lies beside the recipe: no recipe may name another one, or it would be sent
   to the platform with it. */
static char *
find_beside (GFile      *recipe,
             const char *uri)
{
  g_autoptr(GFile) folder = g_file_get_parent (recipe);
  g_autoptr(GFile) references = folder != NULL ? g_file_get_child (folder, REFERENCES) : NULL;
  g_autoptr(GFile) place = NULL;
  const char *name;

  if (uri == NULL || references == NULL || !g_str_has_prefix (uri, REFERENCES "/"))
    return NULL;
  name = uri + strlen (REFERENCES "/");
  if (*name == '\0' || *name == '.' || strchr (name, '/') != NULL)
    return NULL;
  place = g_file_get_child (references, name);
  if (g_file_query_file_type (place, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) != G_FILE_TYPE_REGULAR ||
      g_file_query_file_type (references, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) != G_FILE_TYPE_DIRECTORY)
    return NULL;
  return g_file_get_uri (place);
}

static JsonArray *
get_files (JsonNode *recipe)
{
  JsonNode *node = json_object_get_member (json_node_get_object (recipe), "files");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Gives every file its true place, or none. */
static void
find_places (JsonNode *recipe,
             GFile    *file)
{
  JsonArray *files = get_files (recipe);

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *said = object != NULL ? json_object_get_member (object, "uri") : NULL;
      g_autofree char *uri = said != NULL && JSON_NODE_HOLDS_VALUE (said) && i < MAX_FILES
                             ? find_beside (file, json_node_get_string (said)) : NULL;

      if (object == NULL)
        continue;
      json_object_remove_member (object, "uri");
      if (uri != NULL)
        json_object_set_string_member (object, "uri", uri);
    }
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const YjBoundedErrors errors = { G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, G_IO_ERROR_INVALID_DATA };
  g_autoptr(JsonParser) parser = json_parser_new ();
  GError *error = NULL;
  g_autoptr(GByteArray) bytes = yj_bounded_read (task_data, MAX_RECIPE, &errors, cancellable, &error);
  g_autoptr(JsonNode) root = NULL;
  JsonNode *recipe = NULL;

  if (bytes == NULL || !json_parser_load_from_data (parser, (const char *) bytes->data, bytes->len, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  root = json_parser_steal_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    recipe = json_object_get_member (json_node_get_object (root), "recipe");
  if (recipe != NULL && JSON_NODE_HOLDS_OBJECT (recipe))
    {
      find_places (recipe, task_data);
      g_task_return_pointer (task, json_node_copy (recipe), (GDestroyNotify) json_node_unref);
    }
  else
    g_task_return_new_error_literal (task, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "This is no recipe");
}

static YjModel *
find_model (const char *model_id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (YJ_CATALOG (user_data), model_id);
}

/* What another person's file says of other videos means nothing here. */
static void
forget_origins (YjDraft *draft)
{
  yj_draft_set_origin (draft, NULL);
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    for (guint i = 0; i < g_list_model_get_n_items (yj_draft_get_files (draft, (YjSlotRole) role)); i++)
      {
        g_autoptr(YjDraftFile) file = g_list_model_get_item (yj_draft_get_files (draft, (YjSlotRole) role), i);

        yj_draft_file_set_origin (file, NULL);
      }
}

static void
return_draft (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  g_autofree char *json = json_to_string (self->recipe, FALSE);
  GError *error = NULL;
  YjDraft *draft = yj_draft_new_from_json (json, find_model, self->catalog, &error);

  if (draft != NULL)
    forget_origins (draft);
  if (draft != NULL)
    g_task_return_pointer (task, draft, g_object_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void look_at_next (GTask *task);

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Import *self = g_task_get_task_data (task);
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, NULL);
  JsonObject *file = json_array_get_object_element (get_files (self->recipe), self->next);

  if (info == NULL)
    {
      json_array_remove_element (get_files (self->recipe), self->next);
      self->missing++;
    }
  else
    {
      /* what is true of the file, not what is said of it */
      json_object_set_int_member (file, "kind", (gint64) info->kind);
      json_object_set_string_member (file, "type", info->content_type);
      json_object_set_int_member (file, "size", info->size);
      json_object_set_int_member (file, "width", info->width);
      json_object_set_int_member (file, "height", info->height);
      json_object_set_int_member (file, "duration", info->duration);
      json_object_set_double_member (file, "frame_rate", info->frame_rate);
      json_object_remove_member (file, "video_codec");
      json_object_remove_member (file, "audio_codec");
      set_text (file, "video_codec", info->video_codec);
      set_text (file, "audio_codec", info->audio_codec);
      json_object_set_boolean_member (file, "alpha", info->has_alpha);
      self->next++;
    }
  look_at_next (task);
}

static void
look_at_next (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  JsonArray *files = get_files (self->recipe);

  while (files != NULL && self->next < json_array_get_length (files))
    {
      JsonNode *node = json_array_get_element (files, self->next);
      const char *uri = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_string_member_with_default (json_node_get_object (node), "uri", NULL) : NULL;

      if (uri != NULL)
        {
          g_autoptr(GFile) place = g_file_new_for_uri (uri);

          yj_probe_async (place, g_task_get_cancellable (task), probed_cb, task);
          return;
        }
      json_array_remove_element (files, self->next);
      self->missing++;
    }
  return_draft (task);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->recipe = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->recipe != NULL)
    {
      look_at_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * yj_recipe_import_async:
 * @catalog: where the model is looked for
 * @file: what an export has written, or somebody else
 * @cancellable: (nullable): stops it
 * @callback: calls yj_recipe_import_finish ()
 * @user_data: for @callback
 *
 * Reads a recipe as foreign: only files of the folder `references` beside it become references, and each is looked into
 * by the helper; what is said of them is not believed.
 */
void
yj_recipe_import_async (YjCatalog           *catalog,
                        GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GTask) reading = NULL;
  Import *self = g_new0 (Import, 1);

  self->catalog = g_object_ref (catalog);
  self->file = g_object_ref (file);
  g_task_set_source_tag (task, yj_recipe_import_async);
  g_task_set_task_data (task, self, (GDestroyNotify) import_free);
  reading = g_task_new (NULL, cancellable, read_cb, task);
  g_task_set_task_data (reading, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (reading, read_thread);
}

/**
 * yj_recipe_import_finish:
 * @result: from yj_recipe_import_async ()
 * @missing: (out): how many references were not found
 * @error: `YJ_CATALOG_ERROR_SYNTAX` for what is no recipe, `YJ_CATALOG_ERROR_NO_MODEL`, a JSON parser's error, or
 *   `G_IO_ERROR`
 *
 * Returns: (transfer full): the draft
 */
YjDraft *
yj_recipe_import_finish (GAsyncResult  *result,
                         guint         *missing,
                         GError       **error)
{
  Import *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  self = g_task_get_task_data (G_TASK (result));
  *missing = self->missing;
  return g_task_propagate_pointer (G_TASK (result), error);
}
