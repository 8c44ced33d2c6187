/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's ids of the models: completed, corrected, taken back, and lent for a run. */
#include "yj-catalog-private.h"
#include "yj-limit-private.h"

static const char *
get_kept (YjCatalog *self,
          YjModel   *model)
{
  JsonObject *entry = yj_catalog_find_entry (self->merged, yj_model_get_id (model));

  return entry != NULL ? json_object_get_string_member_with_default (entry, "llmid", NULL) : NULL;
}

/* A lent id comes back where none is known for good. */
void
yj_catalog_lend_again (YjCatalog *self)
{
  GHashTableIter iter;
  gpointer id, llmid;

  g_hash_table_iter_init (&iter, self->lent);
  while (g_hash_table_iter_next (&iter, &id, &llmid))
    {
      YjModel *model = yj_catalog_find_by_id (self, id);

      if (model != NULL && yj_model_get_llmid (model) == NULL)
        yj_model_set_llmid (model, llmid);
    }
}

/**
 * yj_catalog_lend_llmid:
 * @self: a catalogue
 * @model: one of its models
 * @llmid: an id
 *
 * As yj_catalog_set_llmid(), but nothing of it is kept: for the ids that the sandbox makes up.
 */
void
yj_catalog_lend_llmid (YjCatalog  *self,
                       YjModel    *model,
                       const char *llmid)
{
  g_return_if_fail (YJ_IS_CATALOG (self));
  g_return_if_fail (YJ_IS_MODEL (model));
  g_return_if_fail (llmid != NULL && *llmid != '\0');

  g_hash_table_insert (self->lent, g_strdup (yj_model_get_id (model)), g_strdup (llmid));
  yj_model_set_llmid (model, llmid);
}

/**
 * yj_catalog_return_llmids:
 * @self: a catalogue
 *
 * Takes back what yj_catalog_lend_llmid() lent: another platform would not know these ids.
 */
void
yj_catalog_return_llmids (YjCatalog *self)
{
  g_autoptr(GPtrArray) ids = NULL;

  g_return_if_fail (YJ_IS_CATALOG (self));

  ids = g_hash_table_get_keys_as_ptr_array (self->lent);
  for (guint i = 0; i < ids->len; i++)
    {
      YjModel *model = yj_catalog_find_by_id (self, g_ptr_array_index (ids, i));

      if (model != NULL)
        yj_model_set_llmid (model, get_kept (self, model));
    }
  g_hash_table_remove_all (self->lent);
}

/* Of a model that the person changed nothing else of, nothing is left over. */
static void
forget_own (YjCatalog  *self,
            const char *id)
{
  JsonArray *models = json_object_get_array_member (self->overlay, "models");
  JsonObject *entry = yj_catalog_find_entry (self->overlay, id);

  if (entry == NULL || !json_object_has_member (entry, "llmid"))
    return;
  json_object_remove_member (entry, "llmid");
  if (json_object_get_size (entry) > 1)
    return;
  for (guint i = 0; i < json_array_get_length (models); i++)
    if (json_array_get_object_element (models, i) == entry)
      {
        json_array_remove_element (models, i);
        return;
      }
}

/* As it was shipped; where that is not known, none. */
static void
forget_llmid (YjCatalog *self,
              YjModel   *model)
{
  g_autoptr(YjCatalog) shipped = yj_catalog_new ();
  YjModel *as_shipped = yj_catalog_find_by_id (shipped, yj_model_get_id (model));
  const char *llmid = as_shipped != NULL ? yj_model_get_llmid (as_shipped) : NULL;
  JsonObject *entry = yj_catalog_find_entry (self->merged, yj_model_get_id (model));

  forget_own (self, yj_model_get_id (model));
  g_hash_table_remove (self->lent, yj_model_get_id (model));
  if (entry != NULL && llmid != NULL)
    json_object_set_string_member (entry, "llmid", llmid);
  else if (entry != NULL && json_object_has_member (entry, "llmid"))
    json_object_remove_member (entry, "llmid");
  yj_model_set_llmid (model, llmid);
}

/**
 * yj_catalog_set_llmid:
 * @self: a catalogue
 * @model: one of its models
 * @llmid: (nullable): the platform's id of it, as yj_llmid_parse() gives it; %NULL takes back the person's own
 *
 * Completes or corrects an llmid, in the model itself and in what yj_catalog_dup_overlay() gives.
 */
void
yj_catalog_set_llmid (YjCatalog  *self,
                      YjModel    *model,
                      const char *llmid)
{
  const char *id;
  JsonObject *entry;

  g_return_if_fail (YJ_IS_CATALOG (self));
  g_return_if_fail (YJ_IS_MODEL (model));
  g_return_if_fail (llmid == NULL || *llmid != '\0');

  if (llmid == NULL)
    {
      forget_llmid (self, model);
      return;
    }

  id = yj_model_get_id (model);
  entry = yj_catalog_find_entry (self->overlay, id);
  if (entry == NULL)
    {
      entry = json_object_new ();
      json_object_set_string_member (entry, "id", id);
      json_array_add_object_element (json_object_get_array_member (self->overlay, "models"), entry);
    }
  json_object_set_string_member (entry, "llmid", llmid);
  entry = yj_catalog_find_entry (self->merged, id);
  if (entry != NULL)
    json_object_set_string_member (entry, "llmid", llmid);
  g_hash_table_remove (self->lent, id);
  yj_model_set_llmid (model, llmid);
}
