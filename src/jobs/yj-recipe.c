/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-recipe.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-send-cuts.h"

/* Stands for the library's folder in a stored recipe, so that the folder can be moved as a whole. */
#define LIBRARY_URI "library:///"

/* Gives every string below @node that begins with @from the beginning @to; a prompt is a text, whatever it begins with. */
static void
move_uris (JsonNode   *node,
           const char *from,
           const char *to)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr(GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        if (!g_str_has_prefix (l->data, "prompt"))
          move_uris (json_object_get_member (object, l->data), from, to);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        move_uris (json_array_get_element (array, i), from, to);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING && g_str_has_prefix (json_node_get_string (node), from))
    {
      g_autofree char *moved = g_strconcat (to, json_node_get_string (node) + strlen (from), NULL);

      json_node_set_string (node, moved);
    }
}

static char *
move_all_uris (const char *json,
               const char *from,
               const char *to)
{
  g_autoptr(JsonNode) root = json_from_string (json, NULL);

  if (root == NULL)
    return g_strdup (json);

  move_uris (root, from, to);

  return json_to_string (root, FALSE);
}

static char *
dup_folder_uri (GFile *folder)
{
  g_autofree char *uri = g_file_get_uri (folder);

  return g_str_has_suffix (uri, "/") ? g_steal_pointer (&uri) : g_strconcat (uri, "/", NULL);
}

/**
 * yj_recipe_to_stored:
 * @json: a draft as JSON, its files inside @folder
 * @folder: the library's folder
 *
 * Returns: (transfer full): the same with addresses relative to @folder, for the library's row
 */
char *
yj_recipe_to_stored (const char *json,
                     GFile      *folder)
{
  g_autofree char *uri = dup_folder_uri (folder);

  return move_all_uris (json, uri, LIBRARY_URI);
}

/**
 * yj_recipe_from_stored:
 * @recipe: what [func@Yj.recipe_to_stored] gave
 * @folder: the library's folder, wherever it is now
 *
 * Returns: (transfer full): the draft as JSON with full addresses; text that is no JSON comes back as it is
 */
char *
yj_recipe_from_stored (const char *recipe,
                       GFile      *folder)
{
  g_autofree char *uri = dup_folder_uri (folder);

  return move_all_uris (recipe, LIBRARY_URI, uri);
}

/**
 * yj_recipe_list_kinds:
 * @recipe: (nullable): a draft as JSON, as it is stored
 *
 * Which kinds of files it is made from. The whole is not parsed: in a text each quote has a backslash before it, so that
 * this name of a member is nothing else. Asked for every job of a library.
 *
 * Returns: a bit for each, `1 << YJ_MEDIA_KIND_IMAGE` and so on
 */
guint
yj_recipe_list_kinds (const char *recipe)
{
  static const char member[] = "\"kind\":";
  guint kinds = 0;

  for (const char *at = recipe; at != NULL && (at = strstr (at, member)) != NULL;)
    {
      at += strlen (member);
      while (*at == ' ')
        at++;
      if (*at >= '0' + YJ_MEDIA_KIND_IMAGE && *at <= '0' + YJ_MEDIA_KIND_AUDIO)
        kinds |= 1u << (*at - '0');
    }

  return kinds;
}

/**
 * yj_recipe_dup_extension:
 * @content_type: (nullable): what a look into the file gave, such as `image/jpeg`
 * @file: the file
 *
 * Returns: (transfer full): the ending without dot that a kept copy gets: by content where it is known, else the
 *   file's own when it is a plain short word, else `bin`
 */
char *
yj_recipe_dup_extension (const char *content_type,
                         GFile      *file)
{
  static const struct { const char *type; const char *extension; } known[] = {
    { "image/jpeg", "jpg" }, { "image/png", "png" }, { "image/webp", "webp" }, { "image/gif", "gif" },
    { "image/bmp", "bmp" }, { "image/tiff", "tiff" }, { "image/heic", "heic" }, { "image/heif", "heif" },
    { "image/avif", "avif" }, { "video/mp4", "mp4" }, { "video/quicktime", "mov" }, { "video/webm", "webm" },
    { "video/x-matroska", "mkv" }, { "video/x-msvideo", "avi" }, { "audio/mpeg", "mp3" }, { "audio/mp4", "m4a" },
    { "audio/wav", "wav" }, { "audio/x-wav", "wav" }, { "audio/flac", "flac" }, { "audio/x-flac", "flac" },
    { "audio/ogg", "ogg" }, { "audio/aac", "aac" },
  };
  g_autofree char *base = NULL;
  const char *dot;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (content_type, known[i].type) == 0)
      return g_strdup (known[i].extension);

  base = g_file_get_basename (file);
  dot = base != NULL ? strrchr (base, '.') : NULL;
  if (dot != NULL && dot[1] != '\0' && strlen (dot + 1) <= 5 &&
      strspn (dot + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen (dot + 1))
    return g_ascii_strdown (dot + 1, -1);

  return g_strdup ("bin");
}

typedef struct
{
  YjSubmission *submission;
  GHashTable   *cuts;
} Sending;

static void
add_field (const YjDraftField *field,
           gpointer            user_data)
{
  Sending *sending = user_data;
  YjSubmission *submission = sending->submission;

  if (field->file != NULL)
    {
      YjSendCuts *cuts = sending->cuts != NULL ? g_hash_table_lookup (sending->cuts, yj_draft_file_get_file (field->file)) : NULL;

      yj_submission_add_file (submission, field->name, yj_draft_file_get_file (field->file),
                              yj_draft_file_get_content_type (field->file));
      for (guint i = 0; cuts != NULL && i < cuts->cuts->len; i++)
        {
          const YjCut *cut = g_ptr_array_index (cuts->cuts, i);

          yj_submission_cut_file (submission, cuts->size, cut->at, cut->length, cut->instead);
        }
    }
  else if (field->type == YJ_PARAMETER_INTEGER)
    yj_submission_add_integer (submission, field->name, g_ascii_strtoll (field->text, NULL, 10));
  else
    yj_submission_add_string (submission, field->name, field->text);
}

/**
 * yj_recipe_new_submission:
 * @draft: a draft that is fit to be sent
 * @cuts: (nullable): from yj_send_cuts_find_finish (): what of its files is not sent
 *
 * Returns: (transfer full): the request it stands for: every field under the model's exact name, in the model's order,
 *   whole numbers as numbers
 */
YjSubmission *
yj_recipe_new_submission (YjDraft    *draft,
                          GHashTable *cuts)
{
  Sending sending = { yj_submission_new (), cuts };

  yj_draft_foreach_field (draft, add_field, &sending);

  return sending.submission;
}

/* ---- a cheap try remembers what it is a try of */

static const char * const full_meanings[] = { "resolution", "size", "duration" };

/**
 * yj_recipe_with_full:
 * @recipe: a draft as JSON
 * @full: (nullable): what it is a cheap try of, of the same model
 *
 * Returns: (transfer full): @recipe with a member `full`: the values that @full has and a try has not; unset ones are null
 */
char *
yj_recipe_with_full (const char *recipe,
                     YjDraft    *full)
{
  g_autoptr(JsonNode) root = full != NULL ? json_from_string (recipe, NULL) : NULL;
  JsonObject *values;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup (recipe);

  values = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (full_meanings); i++)
    if (yj_model_find_parameter (yj_draft_get_model (full), full_meanings[i]) != NULL)
      {
        const char *value = yj_draft_get_value (full, full_meanings[i]);

        if (value != NULL)
          json_object_set_string_member (values, full_meanings[i], value);
        else
          json_object_set_null_member (values, full_meanings[i]);
      }
  json_object_set_object_member (json_node_get_object (root), "full", values);

  return json_to_string (root, FALSE);
}

/**
 * yj_recipe_is_cheap:
 * @recipe: (nullable): a draft as JSON
 *
 * Returns: whether it is a cheap try of another one
 */
gboolean
yj_recipe_is_cheap (const char *recipe)
{
  /* inside of a text the quotes would have backslashes before them */
  return recipe != NULL && strstr (recipe, "\"full\":{") != NULL;
}

/**
 * yj_recipe_apply_full:
 * @recipe: a draft as JSON
 * @draft: the draft that it stands for
 *
 * Gives @draft the values that @recipe was a cheap try of, if it was one.
 */
void
yj_recipe_apply_full (const char *recipe,
                      YjDraft    *draft)
{
  g_autoptr(JsonNode) root = yj_recipe_is_cheap (recipe) ? json_from_string (recipe, NULL) : NULL;
  JsonNode *full = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "full") : NULL;

  if (full == NULL || !JSON_NODE_HOLDS_OBJECT (full))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (full_meanings); i++)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (full), full_meanings[i]);

      if (value != NULL)
        yj_draft_set_value (draft, full_meanings[i], JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL);
    }
}
