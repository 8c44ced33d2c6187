/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft as JSON: the recipe that is kept with a job, and the draft that survives a restart. */
#include "yj-catalog.h"
#include "yj-draft-private.h"
#include "yj-prompt-text.h"

#include <json-glib/json-glib.h>

static void
build_values (JsonBuilder *builder,
              const char  *member,
              GHashTable  *values)
{
  g_autoptr(GPtrArray) keys = g_hash_table_get_keys_as_ptr_array (values);

  g_ptr_array_sort_values (keys, (GCompareFunc) strcmp);
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  for (guint i = 0; i < keys->len; i++)
    {
      json_builder_set_member_name (builder, g_ptr_array_index (keys, i));
      json_builder_add_string_value (builder, g_hash_table_lookup (values, g_ptr_array_index (keys, i)));
    }
  json_builder_end_object (builder);
}

static void
build_string (JsonBuilder *builder,
              const char  *member,
              const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
build_number (JsonBuilder *builder,
              const char  *member,
              gint64       value)
{
  if (value == 0)
    return;

  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

/* @role: the slot it is in, NULL when it is set aside; @desk: with its stamp. */
static void
build_file (JsonBuilder *builder,
            const char  *role,
            YjDraftFile *file,
            gboolean     desk)
{
  g_autofree char *uri = g_file_get_uri (yj_draft_file_get_file (file));
  const char *home = yj_slot_role_to_string (yj_draft_file_get_home (file));

  json_builder_begin_object (builder);
  build_string (builder, "role", role != NULL ? role : "parked");
  if (g_strcmp0 (home, role) != 0)
    build_string (builder, "home", home);
  build_string (builder, "uri", uri);
  build_string (builder, "id", yj_draft_file_get_id (file));
  build_string (builder, "name", yj_draft_file_get_name (file));
  build_string (builder, "type", yj_draft_file_get_content_type (file));
  json_builder_set_member_name (builder, "kind");
  json_builder_add_int_value (builder, yj_draft_file_get_kind (file));
  build_number (builder, "size", yj_draft_file_get_size (file));
  if (desk)
    build_number (builder, "stamp", yj_draft_file_get_stamp (file));
  build_number (builder, "width", yj_draft_file_get_width (file));
  build_number (builder, "height", yj_draft_file_get_height (file));
  build_number (builder, "duration", yj_draft_file_get_duration (file));
  build_string (builder, "video_codec", yj_draft_file_get_video_codec (file));
  build_string (builder, "audio_codec", yj_draft_file_get_audio_codec (file));
  build_string (builder, "origin", yj_draft_file_get_origin (file));
  if (yj_draft_file_get_frame_rate (file) > 0)
    {
      json_builder_set_member_name (builder, "frame_rate");
      json_builder_add_double_value (builder, yj_draft_file_get_frame_rate (file));
    }
  if (yj_draft_file_get_alpha (file))
    {
      json_builder_set_member_name (builder, "alpha");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
}

static char *
to_json (YjDraft  *self,
         gboolean  desk)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  YjModel *model;
  GListModel *parked;

  model = yj_draft_get_model (self);
  json_builder_begin_object (builder);
  build_string (builder, "model", yj_model_get_id (model));
  build_string (builder, "name", yj_model_get_name (model));
  build_string (builder, "llmid", yj_draft_get_value (self, "llmid"));
  build_string (builder, "origin", yj_draft_get_origin (self));
  build_string (builder, "prompt", yj_draft_get_prompt (self));
  if (yj_prompt_text_has_mentions (yj_draft_get_prompt_source (self)))
    build_string (builder, "prompt_source", yj_draft_get_prompt_source (self));
  if (desk && yj_draft_get_cursor (self) >= 0)
    {
      json_builder_set_member_name (builder, "cursor");
      json_builder_add_int_value (builder, yj_draft_get_cursor (self));
    }
  build_values (builder, "values", yj_draft_get_values (self));
  build_values (builder, "set_aside", yj_draft_get_set_aside (self));
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (int role = 0; role < YJ_N_ROLES; role++)
    {
      GListModel *files = yj_draft_get_files (self, role);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

          build_file (builder, yj_slot_role_to_string (role), file, desk);
        }
    }
  parked = yj_draft_get_parked (self);
  for (guint i = 0; i < g_list_model_get_n_items (parked); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (parked, i);

      build_file (builder, NULL, file, desk);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * yj_draft_to_json:
 * @self: a draft
 *
 * The recipe: `{model, name, llmid, origin, prompt, prompt_source, values: {meaning: value}, set_aside: {…}, files: [{role, uri,
 * id, name, type, kind, size, width, height, duration, video_codec, audio_codec, origin, frame_rate, alpha}]}`; `role` is a slot's (`first-frame`,
 * `reference-images`, …) or `parked`; `prompt_source` is there when the prompt mentions files by their ids.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
yj_draft_to_json (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return to_json (self, FALSE);
}

/**
 * yj_draft_to_json_for_desk:
 * @self: a draft
 *
 * As yj_draft_to_json(), and what is needed to go on with the draft: `cursor`, and a `stamp` of each file.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
yj_draft_to_json_for_desk (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return to_json (self, TRUE);
}

/* ---- back */
static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static double
get_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return 0;

  return json_node_get_double (node);
}

static gboolean
get_boolean (JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static void
read_values (JsonObject *object,
             const char *member,
             GHashTable *values)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_string (value) != NULL)
      g_hash_table_insert (values, g_strdup (key), json_node_dup_string (value));
}

static void
read_file (YjDraft    *self,
           JsonObject *object)
{
  const char *role_name = get_string (object, "role"), *home_name = get_string (object, "home");
  const char *uri = get_string (object, "uri");
  double kind = get_number (object, "kind");
  g_autoptr(YjDraftFile) file = NULL;
  g_autoptr(GFile) place = NULL;
  YjSlotRole role = YJ_SLOT_FIRST_FRAME, home;

  if (uri == NULL || kind < YJ_MEDIA_KIND_IMAGE || kind > YJ_MEDIA_KIND_AUDIO)
    return;

  place = g_file_new_for_uri (uri);
  file = yj_draft_file_new (place, (YjMediaKind) kind, get_string (object, "type"));
  yj_draft_file_set_facts (file, (gint64) get_number (object, "size"), (int) get_number (object, "width"),
                           (int) get_number (object, "height"), (gint64) get_number (object, "duration"));
  yj_draft_file_set_stamp (file, (gint64) get_number (object, "stamp"));
  yj_draft_file_set_frame_rate (file, get_number (object, "frame_rate"));
  yj_draft_file_set_alpha (file, get_boolean (object, "alpha"));
  yj_draft_file_set_codecs (file, get_string (object, "video_codec"), get_string (object, "audio_codec"));
  yj_draft_file_set_origin (file, get_string (object, "origin"));

  if (get_string (object, "id") != NULL && yj_draft_find_file (self, get_string (object, "id"), NULL) == NULL)
    yj_draft_file_set_id (file, get_string (object, "id"));
  if (get_string (object, "name") != NULL)
    yj_draft_file_set_name (file, get_string (object, "name"));

  if (!yj_slot_role_from_string (role_name, &role) || !yj_draft_add_file (self, role, file))
    {
      yj_draft_file_set_home (file, role);
      yj_draft_park (self, file);
    }
  if (yj_slot_role_from_string (home_name, &home))
    yj_draft_file_set_home (file, home);
}

/* The prompt with its mentions, unless somebody has written another prompt beside it. */
static void
read_prompt (YjDraft    *self,
             JsonObject *object)
{
  const char *prompt = get_string (object, "prompt"), *source = get_string (object, "prompt_source");
  g_autofree char *plain = source != NULL ? yj_prompt_text_to_plain (source) : NULL;

  if (plain != NULL && g_strcmp0 (plain, prompt) == 0)
    yj_draft_set_prompt_source (self, source);
  else
    yj_draft_set_prompt (self, prompt);
  if (json_object_has_member (object, "cursor"))
    yj_draft_set_cursor (self, (int) CLAMP (get_number (object, "cursor"), 0, G_MAXINT));
}

/**
 * yj_draft_new_from_json:
 * @json: what yj_draft_to_json() or yj_draft_to_json_for_desk() gave
 * @find_model: (scope call): finds the model of an id
 * @user_data: for @find_model
 * @error: return location
 *
 * A file that its slot does not take any more is set aside. An llmid is taken from @json only where the model itself
 * has none. Fails with `YJ_CATALOG_ERROR_SYNTAX` for what is no recipe, and with `YJ_CATALOG_ERROR_NO_MODEL` when
 * @find_model gives %NULL.
 *
 * Returns: (transfer full) (nullable): the draft
 */
YjDraft *
yj_draft_new_from_json (const char       *json,
                        YjFindModelFunc   find_model,
                        gpointer          user_data,
                        GError          **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) local_error = NULL;
  JsonNode *root, *files;
  JsonObject *object;
  YjModel *model;
  YjDraft *self;
  const char *id;

  g_return_val_if_fail (json != NULL, NULL);

  json_parser_load_from_data (parser, json, -1, &local_error);
  root = json_parser_get_root (parser);
  if (local_error != NULL || root == NULL || !JSON_NODE_HOLDS_OBJECT (root) ||
      (id = get_string (json_node_get_object (root), "model")) == NULL)
    {
      g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "This is no recipe: %s",
                   local_error != NULL ? local_error->message : "it names no model");
      return NULL;
    }
  model = find_model (id, user_data);
  if (model == NULL)
    {
      g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_NO_MODEL, "There is no model “%s”", id);
      return NULL;
    }

  object = json_node_get_object (root);
  self = yj_draft_new (model);
  read_prompt (self, object);
  yj_draft_set_origin (self, get_string (object, "origin"));
  read_values (object, "values", yj_draft_get_values (self));
  read_values (object, "set_aside", yj_draft_get_set_aside (self));
  if (yj_model_get_llmid (model) == NULL && get_string (object, "llmid") != NULL)
    yj_draft_set_value (self, "llmid", get_string (object, "llmid"));

  files = json_object_get_member (object, "files");
  if (files != NULL && JSON_NODE_HOLDS_ARRAY (files))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (files)); i++)
      {
        JsonNode *file = json_array_get_element (json_node_get_array (files), i);

        if (JSON_NODE_HOLDS_OBJECT (file))
          read_file (self, json_node_get_object (file));
      }

  return self;
}
