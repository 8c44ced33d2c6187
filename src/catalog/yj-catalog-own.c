/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own models and changes, laid over the shipped ones. */
#include "yj-catalog.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* The overlay, for changing it. */
static JsonObject *
dup_own (YjCatalog *self)
{
  g_autofree char *json = yj_catalog_dup_overlay (self);
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  return json_node_dup_object (node);
}

static gboolean
put_back (YjCatalog   *self,
          JsonObject  *own,
          GError     **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_set_object (node, own);
  json = json_to_string (node, FALSE);
  return yj_catalog_replace_overlay (self, json, -1, error);
}

/* Where the entry of a model stands among a person's own; -1: there is none. */
static int
find_own (JsonObject *own,
          const char *id)
{
  JsonArray *models = json_object_has_member (own, "models") ? json_object_get_array_member (own, "models") : NULL;

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    if (g_strcmp0 (json_object_get_string_member_with_default (json_array_get_object_element (models, i), "id", NULL), id) == 0)
      return (int) i;

  return -1;
}

/**
 * yj_catalog_has_own:
 * @self: a catalogue
 * @model: one of its models
 *
 * Returns: whether the person added or changed it
 */
gboolean
yj_catalog_has_own (YjCatalog *self,
                    YjModel   *model)
{
  g_autoptr(JsonObject) own = NULL;

  g_return_val_if_fail (YJ_IS_CATALOG (self), FALSE);

  own = dup_own (self);
  return find_own (own, yj_model_get_id (model)) >= 0;
}

/**
 * yj_catalog_remove_own:
 * @self: a catalogue
 * @model: one of its models
 * @error: return location
 *
 * Takes back what the person added or changed: a model of one's own is gone, a shipped one is as it came. The models are
 * new objects after it.
 *
 * Returns: whether there was something to take back
 */
gboolean
yj_catalog_remove_own (YjCatalog  *self,
                       YjModel    *model,
                       GError    **error)
{
  g_autoptr(JsonObject) own = NULL;
  int place;

  g_return_val_if_fail (YJ_IS_CATALOG (self), FALSE);
  g_return_val_if_fail (YJ_IS_MODEL (model), FALSE);

  own = dup_own (self);
  place = find_own (own, yj_model_get_id (model));
  if (place < 0)
    return FALSE;

  json_array_remove_element (json_object_get_array_member (own, "models"), (guint) place);
  return put_back (self, own, error);
}

static gboolean
is_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isgraph (g_utf8_get_char (p)))
      return FALSE;

  return *name != '\0';
}

/* Named as the models like it are, in every language, so that their figures are added up. */
static void
add_provider (JsonObject *entry,
              YjModel    *like)
{
  const char *name = yj_model_get_provider (like), *key = yj_model_get_provider_key (like);
  JsonObject *names;

  if (name == NULL || g_str_equal (name, key))
    {
      if (name != NULL)
        json_object_set_string_member (entry, "provider", name);
      return;
    }
  names = json_object_new ();
  json_object_set_string_member (names, "en", key);
  json_object_set_string_member (names, "zh", name);
  json_object_set_object_member (entry, "provider", names);
}

/**
 * yj_catalog_add_model:
 * @self: a catalogue
 * @like: a model whose form the new one has
 * @name: the provider's name of the new model
 * @title: (nullable): what people call it; %NULL: @name
 * @llmid: (nullable): the platform's id of it
 * @error: return location
 *
 * Adds a model of a person's own: same mode, parameters, slots and limits as @like. Fails with
 * `YJ_CATALOG_ERROR_MODEL` and a whole sentence, translated, when the name is none or is there already. The models are
 * new objects after it.
 *
 * Returns: (transfer none) (nullable): the new model
 */
YjModel *
yj_catalog_add_model (YjCatalog   *self,
                      YjModel     *like,
                      const char  *name,
                      const char  *title,
                      const char  *llmid,
                      GError     **error)
{
  g_autoptr(JsonObject) own = NULL;
  g_autofree char *id = NULL;
  const char *form;
  JsonObject *entry;

  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);
  g_return_val_if_fail (YJ_IS_MODEL (like), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  form = yj_catalog_get_form (self, like);
  id = g_strdup_printf ("%s/%s", yj_mode_to_string (yj_model_get_mode (like)), name);
  if (!is_name (name))
    {
      g_set_error_literal (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_MODEL,
                           _("A model’s name has no spaces, as “wan2.6-t2v”. Copy it from the model plaza."));
      return NULL;
    }
  if (yj_catalog_find_by_id (self, id) != NULL)
    {
      /* translators: %s: the name of a model */
      g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_MODEL, _("“%s” is there already. Change its id instead."), name);
      return NULL;
    }

  own = dup_own (self);
  if (!json_object_has_member (own, "models"))
    json_object_set_array_member (own, "models", json_array_new ());
  entry = json_object_new ();
  json_object_set_string_member (entry, "id", id);
  json_object_set_string_member (entry, "mode", yj_mode_to_string (yj_model_get_mode (like)));
  json_object_set_string_member (entry, "name", name);
  if (title != NULL && *title != '\0')
    json_object_set_string_member (entry, "title", title);
  add_provider (entry, like);
  if (llmid != NULL)
    json_object_set_string_member (entry, "llmid", llmid);
  if (form != NULL)
    json_object_set_string_member (entry, "form", form);
  json_array_add_object_element (json_object_get_array_member (own, "models"), entry);
  return put_back (self, own, error) ? yj_catalog_find_by_id (self, id) : NULL;
}
