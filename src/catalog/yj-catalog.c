/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-catalog"

#include "yj-catalog-private.h"
#include "yj-catalog-resource.h"
#include "yj-limit-private.h"

static void yj_catalog_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjCatalog, yj_catalog, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, yj_catalog_list_model_init))
G_DEFINE_QUARK (yj-catalog-error-quark, yj_catalog_error)

static GType
yj_catalog_get_item_type (GListModel *list)
{
  return YJ_TYPE_MODEL;
}

static guint
yj_catalog_get_n_items (GListModel *list)
{
  return YJ_CATALOG (list)->models->len;
}

static gpointer
yj_catalog_get_item (GListModel *list,
                     guint       position)
{
  YjCatalog *self = YJ_CATALOG (list);

  return position < self->models->len ? g_object_ref (g_ptr_array_index (self->models, position)) : NULL;
}

static void
yj_catalog_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = yj_catalog_get_item_type;
  iface->get_n_items = yj_catalog_get_n_items;
  iface->get_item = yj_catalog_get_item;
}

static void
yj_catalog_finalize (GObject *object)
{
  YjCatalog *self = YJ_CATALOG (object);

  g_ptr_array_unref (self->models);
  json_object_unref (self->merged);
  json_object_unref (self->overlay);
  g_hash_table_unref (self->lent);
  g_strfreev (self->chat_models);

  G_OBJECT_CLASS (yj_catalog_parent_class)->finalize (object);
}

static void
yj_catalog_class_init (YjCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_catalog_finalize;
}

static JsonObject *
new_empty (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "models", json_array_new ());
  return object;
}

static void
yj_catalog_init (YjCatalog *self)
{
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
  self->merged = new_empty ();
  self->overlay = new_empty ();
  self->lent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->chat_models = g_new0 (char *, 1);
}

static JsonObject *
copy_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT), copy = NULL;
  g_autofree char *json = NULL;

  json_node_set_object (node, object);
  json = json_to_string (node, FALSE);
  copy = json_from_string (json, NULL);
  return json_node_dup_object (copy);
}

/* The string of a node, NULL when it holds none. */
static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

JsonObject *
yj_catalog_find_entry (JsonObject *file,
                       const char *id)
{
  JsonArray *models = json_object_get_array_member (file, "models");

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *entry = json_array_get_object_element (models, i);

      if (g_strcmp0 (json_object_get_string_member (entry, "id"), id) == 0)
        return entry;
    }

  return NULL;
}

static void
lay_members (JsonObject *below,
             JsonObject *above)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, above);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (below, name, json_node_copy (node));
}

/* The outermost form: kinds of the members, and an id in every model. What is in them is read with the models. */
static gboolean
check_file (JsonNode *root,
            GError  **error)
{
  static const char * const known[] = { "version", "chat_models", "models", "forms", NULL };
  g_autoptr(GList) members = NULL;
  const char *problem = NULL;
  JsonObject *file;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "the file is no JSON object");
      return FALSE;
    }

  file = json_node_get_object (root);
  members = json_object_get_members (file);
  for (GList *l = members; l != NULL && problem == NULL; l = l->next)
    {
      const char *name = l->data;
      JsonNode *node = json_object_get_member (file, name);

      if (!g_strv_contains (known, name))
        problem = "is unknown";
      else if (g_str_equal (name, "version") && !(JSON_NODE_HOLDS_VALUE (node) && json_node_get_int (node) == 1))
        problem = "is not 1";
      else if (g_str_equal (name, "forms") && !JSON_NODE_HOLDS_OBJECT (node))
        problem = "is no object";
      else if ((g_str_equal (name, "models") || g_str_equal (name, "chat_models")) && !JSON_NODE_HOLDS_ARRAY (node))
        problem = "is no list";
      if (problem != NULL)
        g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "“%s” %s", name, problem);
    }

  return problem == NULL;
}

static gboolean
check_entries (JsonObject *file,
               GError    **error)
{
  JsonArray *models = json_object_has_member (file, "models") ? json_object_get_array_member (file, "models") : NULL;
  JsonArray *chat = json_object_has_member (file, "chat_models") ? json_object_get_array_member (file, "chat_models") : NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node) ? get_text (json_object_get_member (json_node_get_object (node), "id")) : NULL;

      if (id == NULL || *id == '\0')
        {
          g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "models[%u]: “id” is missing", i);
          return FALSE;
        }
      if (!g_hash_table_add (ids, (gpointer) id))
        {
          g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "models[%u]: “%s” is there twice", i, id);
          return FALSE;
        }
    }
  for (guint i = 0; chat != NULL && i < json_array_get_length (chat); i++)
    if (get_text (json_array_get_element (chat, i)) == NULL)
      {
        g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "chat_models[%u]: this is no text", i);
        return FALSE;
      }

  return TRUE;
}

/* Lays @above over @file: known models member by member, new ones at the end, forms as a whole. */
static void
lay_file (JsonObject *file,
          JsonObject *above)
{
  JsonArray *models = json_object_get_array_member (file, "models");

  if (json_object_has_member (above, "chat_models"))
    json_object_set_member (file, "chat_models", json_node_copy (json_object_get_member (above, "chat_models")));
  if (json_object_has_member (above, "forms"))
    {
      if (!json_object_has_member (file, "forms"))
        json_object_set_object_member (file, "forms", json_object_new ());
      lay_members (json_object_get_object_member (file, "forms"), json_object_get_object_member (above, "forms"));
    }
  if (json_object_has_member (above, "models"))
    {
      JsonArray *entries = json_object_get_array_member (above, "models");

      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          JsonObject *entry = json_array_get_object_element (entries, i);
          JsonObject *below = yj_catalog_find_entry (file, json_object_get_string_member (entry, "id"));

          if (below != NULL)
            lay_members (below, entry);
          else
            json_array_add_object_element (models, copy_object (entry));
        }
    }
}

static JsonObject *
find_form (JsonObject *file,
           JsonObject *entry,
           const char *path,
           GError    **error)
{
  const char *name = get_text (json_object_get_member (entry, "form"));
  JsonNode *form = NULL;

  if (name != NULL && json_object_has_member (file, "forms"))
    form = json_object_get_member (json_object_get_object_member (file, "forms"), name);
  if (form != NULL && JSON_NODE_HOLDS_OBJECT (form))
    return json_node_get_object (form);

  g_set_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, "%s: there is no form “%s”", path,
               name != NULL ? name : "");
  return NULL;
}

static GPtrArray *
read_models (JsonObject *file,
             GError    **error)
{
  g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *entries = json_object_get_array_member (file, "models");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i), *form = NULL;
      g_autofree char *path = g_strdup_printf ("model “%s”", json_object_get_string_member (entry, "id"));
      YjModel *model;

      if (json_object_has_member (entry, "form") && !json_object_get_null_member (entry, "form") &&
          (form = find_form (file, entry, path, error)) == NULL)
        return NULL;
      model = yj_model_new_from_json (entry, form, path, error);
      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
    }

  return g_steal_pointer (&models);
}

static void
take_chat_models (YjCatalog *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (json_object_has_member (self->merged, "chat_models"))
    {
      JsonArray *names = json_object_get_array_member (self->merged, "chat_models");

      for (guint i = 0; i < json_array_get_length (names); i++)
        g_strv_builder_add (builder, json_array_get_string_element (names, i));
    }
  g_strfreev (self->chat_models);
  self->chat_models = g_strv_builder_end (builder);
}

/* All or nothing: when anything in @json is wrong, the catalogue stays as it was. */
static gboolean
lay_json (YjCatalog  *self,
          const char *json,
          gssize      length,
          gboolean    own,
          GError    **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(JsonObject) merged = NULL;
  g_autoptr(GPtrArray) models = NULL;
  g_autoptr(GError) local_error = NULL;
  JsonObject *above;
  guint n_old;

  if (!json_parser_load_from_data (parser, json, length, &local_error))
    {
      g_set_error_literal (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX, local_error->message);
      return FALSE;
    }
  if (!check_file (json_parser_get_root (parser), error) ||
      !check_entries (json_node_get_object (json_parser_get_root (parser)), error))
    return FALSE;

  above = json_node_get_object (json_parser_get_root (parser));
  merged = copy_object (self->merged);
  lay_file (merged, above);
  models = read_models (merged, error);
  if (models == NULL)
    return FALSE;

  if (own)
    lay_file (self->overlay, above);
  json_object_unref (self->merged);
  self->merged = g_steal_pointer (&merged);
  take_chat_models (self);
  n_old = self->models->len;
  g_ptr_array_unref (self->models);
  self->models = g_steal_pointer (&models);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->models->len);
  return TRUE;
}

/**
 * yj_catalog_new:
 *
 * Returns: (transfer full): the models that ship with the program
 */
YjCatalog *
yj_catalog_new (void)
{
  YjCatalog *self = g_object_new (YJ_TYPE_CATALOG, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resource_lookup_data (yj_catalog_get_resource (), "/ai/opencomputing/Yuanjing/models.json",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL ||
      !lay_json (self, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), FALSE, &error))
    g_error ("The shipped models.json cannot be read: %s", error->message);

  self->n_shipped = self->models->len;
  return self;
}

/**
 * yj_catalog_overlay:
 * @self: a catalogue
 * @json: the person's own file, of the same form as models.json
 * @length: its length in bytes, -1 when it ends with a 0
 * @error: return location
 *
 * Lays @json over what is there: members of a model that is there already (found by `id`) replace its own,
 * others are added at the end; a form of the same name is replaced as a whole. The models are new objects after it.
 *
 * Fails with `YJ_CATALOG_ERROR_SYNTAX`, its message naming the line or the model and member; the catalogue then
 * stays as it was.
 *
 * Returns: whether it was laid over
 */
gboolean
yj_catalog_overlay (YjCatalog   *self,
                    const char  *json,
                    gssize       length,
                    GError     **error)
{
  g_return_val_if_fail (YJ_IS_CATALOG (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  return lay_json (self, json, length, TRUE, error);
}

/**
 * yj_catalog_find_by_id:
 * @self: a catalogue
 * @id: our own id of a model
 *
 * Returns: (transfer none) (nullable): the model
 */
YjModel *
yj_catalog_find_by_id (YjCatalog  *self,
                       const char *id)
{
  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);

  for (guint i = 0; i < self->models->len; i++)
    if (g_strcmp0 (yj_model_get_id (g_ptr_array_index (self->models, i)), id) == 0)
      return g_ptr_array_index (self->models, i);

  return NULL;
}

/**
 * yj_catalog_find_provider:
 * @self: a catalogue
 * @key: what [method@Yj.Model.get_provider_key] gives
 *
 * Returns: (transfer none) (nullable): the provider's name in the person's language
 */
const char *
yj_catalog_find_provider (YjCatalog  *self,
                          const char *key)
{
  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < self->models->len; i++)
    if (g_strcmp0 (yj_model_get_provider_key (g_ptr_array_index (self->models, i)), key) == 0)
      return yj_model_get_provider (g_ptr_array_index (self->models, i));

  return NULL;
}

/**
 * yj_catalog_find:
 * @self: a catalogue
 * @mode: a [enum@Yj.Mode], or -1 for any
 * @name_or_llmid: a model name, our own id, or an llmid
 *
 * Looks for a model of that name, then of that id, then of that llmid; the first in the catalogue's order wins.
 *
 * Returns: (transfer none) (nullable): the model
 */
YjModel *
yj_catalog_find (YjCatalog  *self,
                 int         mode,
                 const char *name_or_llmid)
{
  const char *(*getters[]) (YjModel *) = { yj_model_get_name, yj_model_get_id, yj_model_get_llmid };

  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);
  g_return_val_if_fail (name_or_llmid != NULL, NULL);

  for (guint g = 0; g < G_N_ELEMENTS (getters); g++)
    for (guint i = 0; i < self->models->len; i++)
      {
        YjModel *model = g_ptr_array_index (self->models, i);

        if ((mode < 0 || (int) yj_model_get_mode (model) == mode) && g_strcmp0 (getters[g] (model), name_or_llmid) == 0)
          return model;
      }

  return NULL;
}

/**
 * yj_catalog_get_default:
 * @self: a catalogue
 * @mode: a mode
 *
 * Returns: (transfer none) (nullable): the first model of the mode whose llmid is known, else its first
 */
YjModel *
yj_catalog_get_default (YjCatalog *self,
                        YjMode     mode)
{
  YjModel *first = NULL;

  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);

  for (guint i = 0; i < self->models->len; i++)
    {
      YjModel *model = g_ptr_array_index (self->models, i);

      if (yj_model_get_mode (model) != mode)
        continue;
      if (yj_model_get_llmid (model) != NULL)
        return model;
      if (first == NULL)
        first = model;
    }

  return first;
}

/**
 * yj_catalog_replace_overlay:
 * @self: a catalogue
 * @json: the person's own file, of the same form as models.json
 * @length: its length in bytes, -1 when it ends with a 0
 * @error: return location
 *
 * As yj_catalog_overlay(), over the models as they are shipped: what was laid over before is gone, but for the ids that
 * were lent.
 *
 * Returns: whether it was laid over
 */
gboolean
yj_catalog_replace_overlay (YjCatalog   *self,
                            const char  *json,
                            gssize       length,
                            GError     **error)
{
  g_autoptr(YjCatalog) fresh = yj_catalog_new ();
  guint n_old;

  g_return_val_if_fail (YJ_IS_CATALOG (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  if (!yj_catalog_overlay (fresh, json, length, error))
    return FALSE;

  n_old = self->models->len;
#define SWAP(member) do { gpointer other = self->member; self->member = fresh->member; fresh->member = other; } while (0)
  SWAP (models);
  SWAP (merged);
  SWAP (overlay);
  SWAP (chat_models);
#undef SWAP
  yj_catalog_lend_again (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->models->len);
  return TRUE;
}

/**
 * yj_catalog_get_form:
 * @self: a catalogue
 * @model: one of its models
 *
 * Returns: (transfer none) (nullable): the name of the form that it shares with others; %NULL when it brings its own
 */
const char *
yj_catalog_get_form (YjCatalog *self,
                     YjModel   *model)
{
  JsonObject *entry;

  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);

  entry = yj_catalog_find_entry (self->merged, yj_model_get_id (model));
  return entry != NULL && json_object_has_member (entry, "form") ? get_text (json_object_get_member (entry, "form")) : NULL;
}

/**
 * yj_catalog_is_shipped:
 * @self: a catalogue
 * @model: one of its models
 *
 * Returns: whether it came with the program, changed by the person or not
 */
gboolean
yj_catalog_is_shipped (YjCatalog *self,
                       YjModel   *model)
{
  g_return_val_if_fail (YJ_IS_CATALOG (self), FALSE);

  /* those of the person's own are laid behind them */
  for (guint i = 0; i < self->n_shipped; i++)
    if (g_str_equal (yj_model_get_id (g_ptr_array_index (self->models, i)), yj_model_get_id (model)))
      return TRUE;

  return FALSE;
}

/**
 * yj_catalog_dup_overlay:
 * @self: a catalogue
 *
 * Returns: (transfer full): the person's own changes as JSON of the form of models.json, indented
 */
char *
yj_catalog_dup_overlay (YjCatalog *self)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);

  json_node_set_object (node, self->overlay);
  return json_to_string (node, TRUE);
}

/**
 * yj_catalog_get_chat_models:
 * @self: a catalogue
 *
 * Returns: (transfer none) (array zero-terminated=1): names of chat models, the default first
 */
const char * const *
yj_catalog_get_chat_models (YjCatalog *self)
{
  g_return_val_if_fail (YJ_IS_CATALOG (self), NULL);

  return (const char * const *) self->chat_models;
}
