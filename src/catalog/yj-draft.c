/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-draft-private.h"
#include "yj-prompt-text.h"

/* YjDraft: what a person wants made. */
struct _YjDraft
{
  GObject     parent_instance;
  YjModel    *model;
  char       *source;           /* the prompt with its mentions, never NULL */
  char       *prompt;           /* the same for people */
  int         cursor;           /* in characters, a mention being one; -1: at the end */
  GHashTable *values;           /* meaning, or an unknown name → value as set */
  GHashTable *set_aside;        /* meaning → value that this model does not take, for one that does */
  GListStore *files[YJ_N_ROLES];
  GListStore *parked;
  char       *origin;           /* of what it was made, or NULL */
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} YjDraftSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjDraft, yj_draft, G_TYPE_OBJECT)

static void
yj_draft_finalize (GObject *object)
{
  YjDraft *self = YJ_DRAFT (object);

  g_clear_object (&self->model);
  g_free (self->source);
  g_free (self->prompt);
  g_free (self->origin);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->set_aside);
  for (guint i = 0; i < YJ_N_ROLES; i++)
    g_object_unref (self->files[i]);
  g_object_unref (self->parked);

  G_OBJECT_CLASS (yj_draft_parent_class)->finalize (object);
}

static void
yj_draft_class_init (YjDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_draft_finalize;

  /**
   * YjDraft::changed:
   *
   * Any part of the draft changed, or more became known of one of its files.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YJ_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yj_draft_init (YjDraft *self)
{
  self->source = g_strdup ("");
  self->prompt = g_strdup ("");
  self->cursor = -1;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->set_aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < YJ_N_ROLES; i++)
    self->files[i] = g_list_store_new (YJ_TYPE_DRAFT_FILE);
  self->parked = g_list_store_new (YJ_TYPE_DRAFT_FILE);
}

void
yj_draft_changed (YjDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
adopt (YjDraft     *self,
       YjDraftFile *file)
{
  g_signal_connect_object (file, YJ_DRAFT_FILE_CHANGED, G_CALLBACK (yj_draft_changed), self, G_CONNECT_SWAPPED);
}

static void
let_go (YjDraft     *self,
        YjDraftFile *file)
{
  g_signal_handlers_disconnect_by_func (file, yj_draft_changed, self);
}

/**
 * yj_draft_new:
 * @model: the model to start with
 *
 * Returns: (transfer full): an empty draft
 */
YjDraft *
yj_draft_new (YjModel *model)
{
  YjDraft *self;

  g_return_val_if_fail (YJ_IS_MODEL (model), NULL);

  self = g_object_new (YJ_TYPE_DRAFT, NULL);
  self->model = g_object_ref (model);
  return self;
}

/**
 * yj_draft_get_model:
 * @self: a draft
 *
 * Returns: (transfer none): the model it is for
 */
YjModel *
yj_draft_get_model (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return self->model;
}

/**
 * yj_draft_get_origin:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): of what it was made, as yj_draft_set_origin() was told
 */
const char *
yj_draft_get_origin (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return self->origin;
}

/**
 * yj_draft_set_origin:
 * @self: a draft
 * @origin: (nullable): of what it was made, in the words of those who ask for it again
 *
 * Goes into the draft's JSON.
 */
void
yj_draft_set_origin (YjDraft    *self,
                     const char *origin)
{
  g_return_if_fail (YJ_IS_DRAFT (self));

  if (g_set_str (&self->origin, origin))
    yj_draft_changed (self);
}

GHashTable *
yj_draft_get_values (YjDraft *self)
{
  return self->values;
}

GHashTable *
yj_draft_get_set_aside (YjDraft *self)
{
  return self->set_aside;
}

/* ---- text */
/**
 * yj_draft_get_prompt:
 * @self: a draft
 *
 * Returns: (transfer none): what to show, as written; empty but never %NULL
 */
const char *
yj_draft_get_prompt (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return self->prompt;
}

/**
 * yj_draft_set_prompt:
 * @self: a draft
 * @prompt: (nullable): what to show
 *
 * Plain text: there are no mentions in it, unless it is what yj_draft_get_prompt() gives, which changes nothing.
 */
void
yj_draft_set_prompt (YjDraft    *self,
                     const char *prompt)
{
  g_return_if_fail (YJ_IS_DRAFT (self));

  if (!g_str_equal (self->prompt, prompt != NULL ? prompt : ""))
    {
      g_autofree char *source = yj_prompt_text_from_plain (prompt != NULL ? prompt : "");

      yj_draft_set_prompt_source (self, source);
    }
}

/**
 * yj_draft_get_cursor:
 * @self: a draft
 *
 * Returns: where the person writes on in the prompt: behind so many characters, of which a mention is one; -1: at its end
 */
int
yj_draft_get_cursor (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), -1);

  return self->cursor;
}

/**
 * yj_draft_set_cursor:
 * @self: a draft
 * @cursor: as yj_draft_get_cursor()
 *
 * Nothing of what is sent depends on it: nobody is told.
 */
void
yj_draft_set_cursor (YjDraft *self,
                     int      cursor)
{
  g_return_if_fail (YJ_IS_DRAFT (self));

  self->cursor = MAX (cursor, -1);
}

/**
 * yj_draft_get_prompt_source:
 * @self: a draft
 *
 * Returns: (transfer none): the prompt with its mentions, in the form of yj_prompt_text_split()
 */
const char *
yj_draft_get_prompt_source (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return self->source;
}

/**
 * yj_draft_set_prompt_source:
 * @self: a draft
 * @source: the prompt with its mentions
 */
void
yj_draft_set_prompt_source (YjDraft    *self,
                            const char *source)
{
  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (source != NULL);

  if (!g_set_str (&self->source, source))
    return;

  g_free (self->prompt);
  self->prompt = yj_prompt_text_to_plain (source);
  yj_draft_changed (self);
}

/* ---- files */

/* Room for one more of this kind; a slot for one file has room only while it is empty. */
static gboolean
has_room (YjDraft     *self,
          YjSlotRole   role,
          YjMediaKind  kind)
{
  YjSlot *slot = yj_model_find_slot (self->model, role);

  return slot != NULL && yj_slot_get_kind (slot) == kind &&
         (yj_slot_get_maximum (slot) == 0 ||
          g_list_model_get_n_items (G_LIST_MODEL (self->files[role])) < yj_slot_get_maximum (slot));
}

/* As many as the platform takes: what a model is asked about. @wise: no more than its maker documents, as it would be refused. */
static gboolean
has_place (YjDraft     *self,
           YjSlotRole   role,
           YjMediaKind  kind,
           gboolean     wise)
{
  YjSlot *slot = yj_model_find_slot (self->model, role);
  guint advised = slot != NULL ? yj_slot_get_advised_maximum (slot) : 0;

  return has_room (self, role, kind) &&
         (!wise || advised == 0 || g_list_model_get_n_items (G_LIST_MODEL (self->files[role])) < advised);
}

/* Where a file goes when the model has no slot like the one it was in. Nothing is put where the model does not
   ask for it: an optional last frame stays empty. */
static gboolean
find_new_place (YjDraft     *self,
                YjDraftFile *file,
                gboolean     wise,
                YjSlotRole  *role)
{
  for (int i = 0; i < YJ_N_ROLES; i++)
    if (has_place (self, (YjSlotRole) i, yj_draft_file_get_kind (file), wise) &&
        (i != YJ_SLOT_LAST_FRAME || yj_slot_get_minimum (yj_model_find_slot (self->model, i)) > 0))
      {
        *role = (YjSlotRole) i;
        return TRUE;
      }

  return FALSE;
}

/* All files into the new model's slots: first those that have their own slot, then those that fit elsewhere. */
static void
sort_files (YjDraft  *self,
            gboolean  wise)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rest = g_ptr_array_new ();
  GListStore *lists[YJ_N_ROLES + 1];

  memcpy (lists, self->files, sizeof self->files);
  lists[YJ_N_ROLES] = self->parked;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (lists[i])); j++)
        g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (lists[i]), j));
      g_list_store_remove_all (lists[i]);
    }

  for (guint i = 0; i < all->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (all, i);
      YjSlotRole home = yj_draft_file_get_home (file);

      if (has_place (self, home, yj_draft_file_get_kind (file), wise))
        g_list_store_append (self->files[home], file);
      else
        g_ptr_array_add (rest, file);
    }
  for (guint i = 0; i < rest->len; i++)
    {
      YjDraftFile *file = g_ptr_array_index (rest, i);
      YjSlotRole role;

      g_list_store_append (find_new_place (self, file, wise, &role) ? self->files[role] : self->parked, file);
    }
}

YjDraft *
yj_draft_new_shadow (YjDraft *self,
                     YjModel *model)
{
  YjDraft *shadow = yj_draft_new (model);
  GListStore *lists[YJ_N_ROLES + 1];

  memcpy (lists, self->files, sizeof self->files);
  lists[YJ_N_ROLES] = self->parked;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (lists[i])); j++)
      {
        g_autoptr(YjDraftFile) file = g_list_model_get_item (G_LIST_MODEL (lists[i]), j);

        g_list_store_append (shadow->parked, file);
      }
  sort_files (shadow, FALSE);
  return shadow;
}

/**
 * yj_draft_set_model:
 * @self: a draft
 * @model: the model it shall be for
 *
 * Values that the new model takes are kept, in its spelling; others are remembered for a model that takes them.
 * Files go into the slot where the person put them, else into one that takes their kind, else into
 * yj_draft_get_parked(); going back to the former model brings them back.
 */
void
yj_draft_set_model (YjDraft *self,
                    YjModel *model)
{
  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (YJ_IS_MODEL (model));

  if (!g_set_object (&self->model, model))
    return;

  g_hash_table_remove (self->values, "llmid");
  g_hash_table_remove (self->values, "model");
  yj_draft_sort_values (self);
  sort_files (self, TRUE);
  yj_draft_changed (self);
}

/**
 * yj_draft_get_files:
 * @self: a draft
 * @role: what the files are for
 *
 * Returns: (transfer none): a live list of [class@Yj.DraftFile], empty for a role that the model does not have
 */
GListModel *
yj_draft_get_files (YjDraft    *self,
                    YjSlotRole  role)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (role < YJ_N_ROLES, NULL);

  return G_LIST_MODEL (self->files[role]);
}

/**
 * yj_draft_get_parked:
 * @self: a draft
 *
 * Returns: (transfer none): a live list of [class@Yj.DraftFile] set aside by a change of model; they are not sent
 */
GListModel *
yj_draft_get_parked (YjDraft *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  return G_LIST_MODEL (self->parked);
}

void
yj_draft_park (YjDraft     *self,
               YjDraftFile *file)
{
  adopt (self, file);
  g_list_store_append (self->parked, file);
}

/**
 * yj_draft_add_file:
 * @self: a draft
 * @role: what the file is for
 * @file: the file
 *
 * Puts @file at the end of a slot; in a slot for one file it takes the place of the one that is there.
 *
 * Returns: %FALSE when the model has no such slot, the slot is full, or it takes another kind
 */
gboolean
yj_draft_add_file (YjDraft     *self,
                   YjSlotRole   role,
                   YjDraftFile *file)
{
  YjSlot *slot;
  GListModel *list;

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (role < YJ_N_ROLES, FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), FALSE);

  slot = yj_model_find_slot (self->model, role);
  list = G_LIST_MODEL (self->files[role]);
  if (slot == NULL || yj_slot_get_kind (slot) != yj_draft_file_get_kind (file))
    return FALSE;

  if (yj_slot_get_maximum (slot) == 1 && g_list_model_get_n_items (list) == 1)
    {
      g_autoptr(YjDraftFile) old = g_list_model_get_item (list, 0);

      let_go (self, old);
      g_list_store_remove (self->files[role], 0);
    }
  else if (!has_room (self, role, yj_draft_file_get_kind (file)))
    return FALSE;

  yj_draft_file_set_home (file, role);
  adopt (self, file);
  g_list_store_append (self->files[role], file);
  yj_draft_changed (self);
  return TRUE;
}

static GListStore *
find_list (YjDraft     *self,
           YjDraftFile *file,
           guint       *position)
{
  for (guint i = 0; i < YJ_N_ROLES; i++)
    if (g_list_store_find (self->files[i], file, position))
      return self->files[i];

  return g_list_store_find (self->parked, file, position) ? self->parked : NULL;
}

/**
 * yj_draft_find_place:
 * @self: a draft
 * @file: a file
 * @position: (out) (optional): which one it is there, from 0
 *
 * Returns: the [enum@Yj.SlotRole] of the slot that @file is in, -1 when it is set aside or not in the draft
 */
int
yj_draft_find_place (YjDraft     *self,
                     YjDraftFile *file,
                     guint       *position)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), -1);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), -1);

  for (int role = 0; role < YJ_N_ROLES; role++)
    if (g_list_store_find (self->files[role], file, position))
      return role;

  return -1;
}

/**
 * yj_draft_remove_file:
 * @self: a draft
 * @file: one of its files, in a slot or set aside
 */
void
yj_draft_remove_file (YjDraft     *self,
                      YjDraftFile *file)
{
  GListStore *list;
  guint position;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  list = find_list (self, file, &position);
  if (list == NULL)
    return;

  let_go (self, file);
  g_list_store_remove (list, position);
  yj_draft_changed (self);
}

/**
 * yj_draft_move_file:
 * @self: a draft
 * @file: one of its files
 * @position: where it shall stand in its slot, from 0; beyond the end means last
 */
void
yj_draft_move_file (YjDraft     *self,
                    YjDraftFile *file,
                    guint        position)
{
  g_autoptr(GPtrArray) moved = NULL;
  GListStore *list;
  guint old, first, last;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  list = find_list (self, file, &old);
  if (list == NULL)
    return;
  position = MIN (position, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
  if (position == old)
    return;

  /* in one change, so that nobody sees the file gone */
  first = MIN (old, position);
  last = MAX (old, position);
  moved = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i <= last; i++)
    if (i != old)
      g_ptr_array_add (moved, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_ptr_array_insert (moved, (int) (position - first), g_object_ref (file));
  g_list_store_splice (list, first, last - first + 1, moved->pdata, moved->len);
  yj_draft_changed (self);
}

/**
 * yj_draft_find_slot:
 * @self: a draft
 * @kind: the kind of a file
 * @role: (out): the slot
 *
 * Where a file of this kind would go next: the first empty slot, else the first with room.
 *
 * Returns: %FALSE when no slot takes it; @role is unchanged then
 */
gboolean
yj_draft_find_slot (YjDraft     *self,
                    YjMediaKind  kind,
                    YjSlotRole  *role)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);

  for (int filled = 0; filled < 2; filled++)
    for (int i = 0; i < YJ_N_ROLES; i++)
      if (has_room (self, (YjSlotRole) i, kind) &&
          (filled || g_list_model_get_n_items (G_LIST_MODEL (self->files[i])) == 0))
        {
          *role = (YjSlotRole) i;
          return TRUE;
        }

  return FALSE;
}
