/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-draft-list"

#include "yj-draft-list.h"

#include "yj-recipe.h"

#define SAVE_DELAY_MS 300       /* after the first change that is not stored */
#define STEP (G_GINT64_CONSTANT (1) << 20)      /* between positions: there is room to move */

/**
 * YjDraftList:
 *
 * What the person is preparing, several drafts side by side. Each has a row in the library, written in the background
 * a moment after it changed. What cannot be read of a row (its model is gone, say) is left alone on disk.
 */
struct _YjDraftList
{
  GObject      parent_instance;

  YjLibrary   *library;
  YjCatalog   *catalog;
  GPtrArray   *items;           /* of YjOpenDraft */
  GHashTable  *rows;            /* YjOpenDraft → YjDraftRow as it is stored or will be */
  GHashTable  *unsaved;         /* of YjOpenDraft */
  YjOpenDraft *selected;
  guint        save_id;
};

typedef enum
{
  PROP_SELECTED = 1,
} YjDraftListProps;

static GParamSpec *props[PROP_SELECTED + 1];

static GType
yj_draft_list_get_item_type (GListModel *model)
{
  return YJ_TYPE_OPEN_DRAFT;
}

static guint
yj_draft_list_get_n_items (GListModel *model)
{
  return YJ_DRAFT_LIST (model)->items->len;
}

static gpointer
yj_draft_list_get_item (GListModel *model,
                        guint       position)
{
  GPtrArray *items = YJ_DRAFT_LIST (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = yj_draft_list_get_item_type;
  iface->get_n_items = yj_draft_list_get_n_items;
  iface->get_item = yj_draft_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjDraftList, yj_draft_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
yj_draft_list_dispose (GObject *object)
{
  YjDraftList *self = YJ_DRAFT_LIST (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_object (&self->selected);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->catalog);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (yj_draft_list_parent_class)->dispose (object);
}

static void
yj_draft_list_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((YjDraftListProps) prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, YJ_DRAFT_LIST (object)->selected);
      break;
    }
}

static void
yj_draft_list_class_init (YjDraftListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_draft_list_dispose;
  object_class->get_property = yj_draft_list_get_property;

  /**
   * YjDraftList:selected:
   *
   * The one on show; %NULL until loaded.
   */
  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, YJ_TYPE_OPEN_DRAFT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_draft_list_init (YjDraftList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) yj_draft_row_free);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/* ---- writing */

static void touch (YjDraftList *self,
                   YjOpenDraft *item);

typedef struct
{
  YjDraftList *list;
  YjOpenDraft *item;
} Save;

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = user_data;

  /* the library has told of it; it goes with the next change of anything */
  if (!yj_library_save_draft_finish (YJ_LIBRARY (object), result, NULL) && save->list->unsaved != NULL)
    g_hash_table_add (save->list->unsaved, g_object_ref (save->item));
  g_object_unref (save->list);
  g_object_unref (save->item);
  g_free (save);
}

static void
write_row (YjDraftList *self,
           YjOpenDraft *item,
           YjDraftRow  *row)
{
  Save *save = g_new0 (Save, 1);

  save->list = g_object_ref (self);
  save->item = g_object_ref (item);
  yj_library_save_draft_async (self->library, row, saved_cb, save);
}

static char *
dup_stored (YjDraftList *self,
            YjOpenDraft *item)
{
  g_autofree char *json = yj_draft_to_json_for_desk (yj_open_draft_get_draft (item));

  return yj_recipe_to_stored (json, yj_library_get_folder (self->library));
}

static void
save_item (YjDraftList *self,
           YjOpenDraft *item)
{
  YjDraftRow *row = g_hash_table_lookup (self->rows, item);

  if (!g_ptr_array_find (self->items, item, NULL))
    g_clear_pointer (&row->recipe, g_free);
  else
    {
      g_free (row->recipe);
      row->recipe = dup_stored (self, item);
      g_set_str (&row->name, yj_open_draft_get_name (item));
    }
  write_row (self, item, row);
}

/* Nobody tells when the cursor moves, and only in what is on show it does. */
static void
note_cursor (YjDraftList *self)
{
  YjDraftRow *row = self->selected != NULL ? g_hash_table_lookup (self->rows, self->selected) : NULL;
  g_autofree char *now = NULL;

  if (row == NULL || row->recipe == NULL)       /* never written yet, and empty */
    return;
  now = dup_stored (self, self->selected);
  if (!g_str_equal (now, row->recipe))
    g_hash_table_add (self->unsaved, g_object_ref (self->selected));
}

/**
 * yj_draft_list_flush:
 * @self: a list
 *
 * Hands all that is not stored yet to the library, which writes it before it closes.
 */
void
yj_draft_list_flush (YjDraftList *self)
{
  g_autoptr(GHashTable) unsaved = NULL;
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));

  g_clear_handle_id (&self->save_id, g_source_remove);
  note_cursor (self);
  unsaved = g_steal_pointer (&self->unsaved);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_hash_table_iter_init (&iter, unsaved);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    save_item (self, item);
}

static gboolean
save_cb (gpointer user_data)
{
  YjDraftList *self = user_data;

  self->save_id = 0;
  yj_draft_list_flush (self);
  return G_SOURCE_REMOVE;
}

static void
touch (YjDraftList *self,
       YjOpenDraft *item)
{
  g_hash_table_add (self->unsaved, g_object_ref (item));
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

static void
changed_cb (YjOpenDraft *item,
            YjDraftList *self)
{
  touch (self, item);
}

/* ---- the list */

static gint64
position_of (YjDraftList *self,
             guint        index)
{
  YjDraftRow *row = g_hash_table_lookup (self->rows, g_ptr_array_index (self->items, index));

  return row->position;
}

/* Gives the item at @index a place in the order on disk; the others keep theirs as long as there is room. */
static void
place (YjDraftList *self,
       guint        index)
{
  YjOpenDraft *item = g_ptr_array_index (self->items, index);
  YjDraftRow *row = g_hash_table_lookup (self->rows, item);
  gboolean first = index == 0, last = index == self->items->len - 1;
  gint64 before, after;

  before = first ? 0 : position_of (self, index - 1);
  after = last ? before + 2 * STEP : position_of (self, index + 1);
  if (first && !last)
    before = after - 2 * STEP;
  row->position = before + (after - before) / 2;
  touch (self, item);
  if (row->position > before && row->position < after)
    return;

  for (guint i = 0; i < self->items->len; i++)
    {
      row = g_hash_table_lookup (self->rows, g_ptr_array_index (self->items, i));
      row->position = (i + 1) * STEP;
      touch (self, g_ptr_array_index (self->items, i));
    }
}

/* Takes @row over. */
static void
insert (YjDraftList *self,
        YjOpenDraft *item,
        YjDraftRow  *row,
        guint        index)
{
  g_hash_table_insert (self->rows, g_object_ref (item), row);
  g_ptr_array_insert (self->items, (int) index, g_object_ref (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
}

static void
set_selected (YjDraftList *self,
              YjOpenDraft *item)
{
  if (g_set_object (&self->selected, item))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* ---- loading */

static YjModel *
find_model (const char *id,
            gpointer    user_data)
{
  return yj_catalog_find_by_id (YJ_CATALOG (user_data), id);
}

static YjOpenDraft *
read_row (YjDraftList *self,
          YjDraftRow  *row)
{
  g_autofree char *json = yj_recipe_from_stored (row->recipe, yj_library_get_folder (self->library));
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraft) draft = yj_draft_new_from_json (json, find_model, self->catalog, &error);

  if (draft != NULL)
    return yj_open_draft_new (draft, row->name);

  g_debug ("A draft cannot be read: %s", error->message);
  return NULL;
}

static YjDraft *
new_empty (YjDraftList *self)
{
  return yj_draft_new (self->selected != NULL ? yj_draft_get_model (yj_open_draft_get_draft (self->selected))
                                              : yj_catalog_get_default (self->catalog, YJ_MODE_IMAGE_TO_VIDEO));
}

static void
fill (YjDraftList *self,
      GPtrArray   *rows)
{
  YjOpenDraft *shown = NULL;
  gint64 when = -1;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      YjDraftRow *row = g_ptr_array_index (rows, i);
      g_autoptr(YjOpenDraft) item = read_row (self, row);

      if (item == NULL)
        continue;
      insert (self, item, yj_draft_row_copy (row), self->items->len);
      if (row->shown > when)
        shown = item;
      when = MAX (when, row->shown);
    }
  if (self->items->len == 0)
    {
      g_autoptr(YjDraft) draft = new_empty (self);
      g_autoptr(YjOpenDraft) item = yj_open_draft_new (draft, NULL);

      insert (self, item, g_new0 (YjDraftRow, 1), 0);
      shown = item;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->items->len);
  set_selected (self, shown);
}

static void
rows_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) rows = yj_library_load_drafts_finish (YJ_LIBRARY (object), result, &error);

  fill (g_task_get_source_object (task), rows);
  if (rows != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yj_draft_list_load_async:
 * @self: a new list
 * @cancellable: (nullable): stops waiting for it
 * @callback: called when the list is filled
 * @user_data: for @callback
 *
 * Reads the drafts of last time; an empty one when there are none.
 */
void
yj_draft_list_load_async (YjDraftList         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));
  g_return_if_fail (self->items->len == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_draft_list_load_async);
  yj_library_load_drafts_async (self->library, cancellable, rows_cb, task);
}

/**
 * yj_draft_list_load_finish:
 * @self: a list
 * @result: from the callback
 * @error: return location: a [enum@Yj.LibraryError]
 *
 * Returns: whether the drafts could be read; if not, there is an empty one
 */
gboolean
yj_draft_list_load_finish (YjDraftList   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Its models are new objects; one of the person's own may be gone. */
static void
models_changed_cb (YjDraftList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      YjDraft *draft = yj_open_draft_get_draft (g_ptr_array_index (self->items, i));
      YjModel *model = yj_catalog_find_by_id (self->catalog, yj_model_get_id (yj_draft_get_model (draft)));

      if (model == NULL)
        model = yj_catalog_get_default (self->catalog, yj_model_get_mode (yj_draft_get_model (draft)));
      yj_draft_set_model (draft, model);
    }
}

/* ---- public */

/**
 * yj_draft_list_new:
 * @library: where the drafts are kept
 * @catalog: the models
 *
 * Returns: (transfer full): a list to be loaded
 */
YjDraftList *
yj_draft_list_new (YjLibrary *library,
                   YjCatalog *catalog)
{
  YjDraftList *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (YJ_IS_CATALOG (catalog), NULL);

  self = g_object_new (YJ_TYPE_DRAFT_LIST, NULL);
  self->library = g_object_ref (library);
  self->catalog = g_object_ref (catalog);
  g_signal_connect_object (catalog, "items-changed", G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * yj_draft_list_import:
 * @self: a loaded list
 * @json: a draft as JSON
 *
 * Takes over the one draft that older versions kept elsewhere, in place of the first one if that is empty.
 *
 * Returns: whether @json is a draft
 */
gboolean
yj_draft_list_import (YjDraftList *self,
                      const char  *json)
{
  g_autoptr(YjDraft) draft = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT_LIST (self) && self->selected != NULL, FALSE);

  draft = yj_draft_new_from_json (json, find_model, self->catalog, NULL);
  if (draft == NULL)
    return FALSE;

  if (yj_open_draft_is_empty (self->selected))
    yj_open_draft_set_draft (self->selected, draft);
  else
    yj_draft_list_add (self, draft, NULL);
  return TRUE;
}

/**
 * yj_draft_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the one on show; %NULL until loaded
 */
YjOpenDraft *
yj_draft_list_get_selected (YjDraftList *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_LIST (self), NULL);

  return self->selected;
}

/**
 * yj_draft_list_find:
 * @self: a list
 * @item: perhaps one of it
 * @position: (out) (optional): where it is
 *
 * Returns: whether @item is in the list
 */
gboolean
yj_draft_list_find (YjDraftList *self,
                    YjOpenDraft *item,
                    guint       *position)
{
  g_return_val_if_fail (YJ_IS_DRAFT_LIST (self), FALSE);

  return g_ptr_array_find (self->items, item, position);
}

/**
 * yj_draft_list_select:
 * @self: a list
 * @item: one of it
 *
 * Shows @item, now and after a restart.
 */
void
yj_draft_list_select (YjDraftList *self,
                      YjOpenDraft *item)
{
  YjDraftRow *row;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));
  g_return_if_fail (yj_draft_list_find (self, item, NULL));

  if (self->selected == item)
    return;

  row = g_hash_table_lookup (self->rows, item);
  row->shown = g_get_real_time ();
  touch (self, item);
  set_selected (self, item);
}

static void
put (YjDraftList *self,
     YjOpenDraft *item,
     YjDraftRow  *row,
     guint        index)
{
  insert (self, item, row, index);
  place (self, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 0, 1);
  yj_draft_list_select (self, item);
}

/**
 * yj_draft_list_add:
 * @self: a loaded list
 * @draft: what is to be made
 * @name: (nullable): what it is to be called
 *
 * Returns: (transfer none): a new one behind the selected one, and selected itself
 */
YjOpenDraft *
yj_draft_list_add (YjDraftList *self,
                   YjDraft     *draft,
                   const char  *name)
{
  g_autoptr(YjOpenDraft) item = NULL;
  guint position = 0;

  g_return_val_if_fail (YJ_IS_DRAFT_LIST (self) && self->selected != NULL, NULL);
  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);

  item = yj_open_draft_new (draft, name);
  yj_draft_list_find (self, self->selected, &position);
  put (self, item, g_new0 (YjDraftRow, 1), position + 1);

  return item;                  /* the list holds it */
}

/**
 * yj_draft_list_duplicate:
 * @self: a list
 * @item: one of it
 *
 * Returns: (transfer none): the same once more, files and those set aside among it, behind @item, and selected
 */
YjOpenDraft *
yj_draft_list_duplicate (YjDraftList *self,
                         YjOpenDraft *item)
{
  g_autofree char *json = NULL;
  g_autoptr(YjDraft) draft = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT_LIST (self), NULL);
  g_return_val_if_fail (yj_draft_list_find (self, item, NULL), NULL);

  json = yj_draft_to_json_for_desk (yj_open_draft_get_draft (item));
  draft = yj_draft_new_from_json (json, find_model, self->catalog, NULL);
  if (draft == NULL)            /* its model has left the catalogue meanwhile */
    return NULL;

  yj_draft_list_select (self, item);
  return yj_draft_list_add (self, draft, yj_open_draft_get_name (item));
}

/**
 * yj_draft_list_remove:
 * @self: a list
 * @item: one of it
 *
 * Takes @item out of the list and the library; its neighbour is selected. After the last one comes an empty one of the
 * same model.
 */
void
yj_draft_list_remove (YjDraftList *self,
                      YjOpenDraft *item)
{
  g_autoptr(YjOpenDraft) alive = NULL;
  guint position;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));
  g_return_if_fail (yj_draft_list_find (self, item, &position));

  alive = g_object_ref (item);
  if (self->items->len == 1)
    {
      g_autoptr(YjDraft) draft = new_empty (self);

      yj_draft_list_add (self, draft, NULL);
    }
  else if (self->selected == item)
    yj_draft_list_select (self, g_ptr_array_index (self->items, position > 0 ? position - 1 : 1));

  g_signal_handlers_disconnect_by_func (item, changed_cb, self);
  g_ptr_array_remove_index (self->items, position);
  touch (self, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * yj_draft_list_restore:
 * @self: a list
 * @item: one that was removed from it
 * @position: where it was
 *
 * Puts it back and selects it. Where it had been the only one, the empty one that came for it goes.
 */
void
yj_draft_list_restore (YjDraftList *self,
                       YjOpenDraft *item,
                       guint        position)
{
  YjDraftRow *row;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));
  g_return_if_fail (YJ_IS_OPEN_DRAFT (item));

  if (yj_draft_list_find (self, item, NULL))
    return;

  row = g_hash_table_lookup (self->rows, item);
  put (self, item, row != NULL ? yj_draft_row_copy (row) : g_new0 (YjDraftRow, 1), MIN (position, self->items->len));
  if (self->items->len == 2)
    {
      YjOpenDraft *other = g_ptr_array_index (self->items, g_ptr_array_index (self->items, 0) == item ? 1 : 0);

      if (yj_open_draft_is_empty (other))
        yj_draft_list_remove (self, other);
    }
}

/**
 * yj_draft_list_move:
 * @self: a list
 * @item: one of it
 * @position: where it is to be
 */
void
yj_draft_list_move (YjDraftList *self,
                    YjOpenDraft *item,
                    guint        position)
{
  g_autoptr(YjOpenDraft) alive = NULL;
  guint from;

  g_return_if_fail (YJ_IS_DRAFT_LIST (self));
  g_return_if_fail (yj_draft_list_find (self, item, &from));

  position = MIN (position, self->items->len - 1);
  if (position == from)
    return;

  alive = g_object_ref (item);
  g_ptr_array_remove_index (self->items, from);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));
  place (self, position);
  g_list_model_items_changed (G_LIST_MODEL (self), MIN (from, position), MAX (from, position) - MIN (from, position) + 1,
                              MAX (from, position) - MIN (from, position) + 1);
}
