/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attach-batch"

#include "yj-attach-batch.h"

#include <glib/gi18n.h>

/**
 * yj_attach_outcome_clear:
 * @outcome: what yj_attach_batch_put() told
 *
 * Frees what is in it.
 */
void
yj_attach_outcome_clear (YjAttachOutcome *outcome)
{
  g_clear_object (&outcome->file);
  g_clear_object (&outcome->before);
  g_clear_object (&outcome->mentioned);
  g_clear_pointer (&outcome->reason, g_free);
}

/**
 * yj_attach_batch_new: (skip)
 * @draft: (nullable): where it goes
 * @aim: where in it; copied
 *
 * Returns: (transfer full): a batch without files, with one reference
 */
YjAttachBatch *
yj_attach_batch_new (YjDraft           *draft,
                     const YjAttachAim *aim)
{
  YjAttachBatch *batch;

  g_return_val_if_fail (aim != NULL, NULL);

  batch = g_new0 (YjAttachBatch, 1);
  batch->refs = 1;
  g_set_object (&batch->draft, draft);
  batch->role = aim->role;
  batch->position = draft != NULL && aim->role >= 0 &&
                    aim->position < g_list_model_get_n_items (yj_draft_get_files (draft, (YjSlotRole) aim->role)) ?
                    aim->position : G_MAXUINT;
  g_set_object (&batch->replaced, aim->replaced);
  g_set_object (&batch->mention, aim->mention);
  return batch;
}

/**
 * yj_attach_batch_ref: (skip)
 * @batch: a batch
 *
 * Returns: (transfer full): the same
 */
YjAttachBatch *
yj_attach_batch_ref (YjAttachBatch *batch)
{
  batch->refs++;
  return batch;
}

/**
 * yj_attach_batch_unref: (skip)
 * @batch: (transfer full): a batch
 */
void
yj_attach_batch_unref (YjAttachBatch *batch)
{
  if (--batch->refs > 0)
    return;

  g_clear_object (&batch->draft);
  g_clear_object (&batch->replaced);
  g_clear_object (&batch->mention);
  g_free (batch->name);
  g_free (batch);
}

/**
 * yj_attach_batch_set_name: (skip)
 * @batch: a batch of one file
 * @name: what a person calls it
 */
void
yj_attach_batch_set_name (YjAttachBatch *batch,
                          const char    *name)
{
  g_set_str (&batch->name, name);
}

/**
 * yj_attach_batch_count: (skip)
 * @batch: a batch
 *
 * Tells that one more file came with it.
 */
void
yj_attach_batch_count (YjAttachBatch *batch)
{
  batch->n++;
}

/**
 * yj_attach_batch_has_slots: (skip)
 * @batch: a batch with a draft
 *
 * Returns: whether the model takes files at all
 */
gboolean
yj_attach_batch_has_slots (YjAttachBatch *batch)
{
  g_return_val_if_fail (batch->draft != NULL, FALSE);

  return g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (batch->draft))) > 0;
}

/* The one of that place among @files; they hold it. */
static YjDraftFile *
find_twin (GListModel *files,
           GFile      *place)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      if (g_file_equal (yj_draft_file_get_file (file), place))
        return file;
    }

  return NULL;
}

static gboolean
is_single (YjDraft    *draft,
           YjSlotRole  role)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);

  return slot != NULL && yj_slot_get_maximum (slot) == 1;
}

/* Where the file goes: where it was aimed at, when that takes its kind; else where there is room. A slot for one file
   is aimed at by the first of several only. */
static gboolean
find_role (YjAttachBatch *batch,
           YjMediaKind    kind,
           YjSlotRole    *role)
{
  YjSlot *aimed = batch->role >= 0 ? yj_model_find_slot (yj_draft_get_model (batch->draft), (YjSlotRole) batch->role) : NULL;

  if (aimed == NULL || yj_slot_get_kind (aimed) != kind)
    return yj_draft_find_slot (batch->draft, kind, role) && !yj_attach_is_full (batch->draft, *role);

  *role = (YjSlotRole) batch->role;
  if (yj_attach_is_full (batch->draft, *role))
    return FALSE;
  if (is_single (batch->draft, *role))
    batch->role = -1;
  return TRUE;
}

/* What mentions @old means @file then, by its own name. */
static void
take_over (YjDraftFile *file,
           YjDraftFile *old)
{
  g_autofree char *name = g_strdup (yj_draft_file_get_name (file));

  yj_draft_file_stand_for (file, old);
  yj_draft_file_set_name (file, name);
}

/* Puts @file in the place of the one that is to go; FALSE when that is none for it. */
static gboolean
replace (YjAttachBatch   *batch,
         YjDraftFile     *file,
         YjAttachOutcome *outcome)
{
  g_autoptr(YjDraftFile) old = g_steal_pointer (&batch->replaced);
  guint position = 0;
  int role = yj_draft_find_place (batch->draft, old, &position);

  if (role < 0 || yj_draft_file_get_kind (old) != yj_draft_file_get_kind (file))
    return FALSE;

  take_over (file, old);
  yj_draft_remove_file (batch->draft, old);
  yj_draft_add_file (batch->draft, (YjSlotRole) role, file);
  yj_draft_move_file (batch->draft, file, position);
  batch->role = role;
  batch->position = position + 1;
  outcome->before = g_steal_pointer (&old);
  return TRUE;
}

static gboolean
put (YjAttachBatch   *batch,
     YjSlotRole       role,
     YjDraftFile     *file,
     YjAttachOutcome *outcome)
{
  g_autoptr(YjDraftFile) before = NULL;
  gboolean aimed = batch->role == (int) role && batch->position < g_list_model_get_n_items (yj_draft_get_files (batch->draft, role));

  if (is_single (batch->draft, role))
    before = g_list_model_get_item (yj_draft_get_files (batch->draft, role), 0);
  if (before != NULL)
    take_over (file, before);
  if (!yj_draft_add_file (batch->draft, role, file))
    return FALSE;

  if (aimed)
    yj_draft_move_file (batch->draft, file, batch->position++);
  outcome->before = g_steal_pointer (&before);
  return TRUE;
}

/* What came was set aside before: it goes where it was dropped now, and what is in its way there is set aside. */
static gboolean
bring_back (YjAttachBatch *batch,
            YjDraftFile   *parked)
{
  g_autoptr(YjDraftFile) old = g_steal_pointer (&batch->replaced);
  guint position = G_MAXUINT;
  int place = old != NULL && yj_draft_file_get_kind (old) == yj_draft_file_get_kind (parked) ?
              yj_draft_find_place (batch->draft, old, &position) : -1;
  YjSlotRole role;

  if (place >= 0)
    {
      yj_draft_set_file_aside (batch->draft, old);
      return yj_draft_place_file (batch->draft, (YjSlotRole) place, parked, position);
    }
  if (!find_role (batch, yj_draft_file_get_kind (parked), &role))
    return FALSE;
  return yj_draft_place_file (batch->draft, role, parked, batch->role == (int) role ? batch->position : G_MAXUINT);
}

/**
 * yj_attach_batch_has_room: (skip)
 * @batch: a batch with a draft
 * @kind: what may come
 *
 * Returns: whether one more file of this kind would be kept, in a slot or aside
 */
gboolean
yj_attach_batch_has_room (YjAttachBatch *batch,
                          YjMediaKind    kind)
{
  YjSlotRole role;
  YjSlot *aimed;

  g_return_val_if_fail (batch->draft != NULL, FALSE);

  aimed = batch->role >= 0 ? yj_model_find_slot (yj_draft_get_model (batch->draft), (YjSlotRole) batch->role) : NULL;
  return batch->replaced != NULL || (aimed != NULL && yj_slot_get_kind (aimed) == kind && yj_slot_get_maximum (aimed) == 1) ||
         !yj_attach_batch_has_slots (batch) || yj_attach_sets_aside (batch->draft, kind, batch->n) ||
         (yj_draft_find_slot (batch->draft, kind, &role) && !yj_attach_is_full (batch->draft, role));
}

static YjDraftFile *
new_file (const YjAttachLook *look,
          const char         *name)
{
  const YjMediaInfo *info = look->info;
  YjDraftFile *file = yj_draft_file_new (look->file, (YjMediaKind) info->kind, info->content_type);

  yj_draft_file_set_facts (file, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_stamp (file, look->stamp);
  yj_draft_file_set_frame_rate (file, info->frame_rate);
  if (name != NULL)
    yj_draft_file_set_name (file, name);
  yj_draft_file_set_codecs (file, info->video_codec, info->audio_codec);
  yj_draft_file_set_alpha (file, info->has_alpha);
  return file;
}

/**
 * yj_attach_batch_put: (skip)
 * @batch: a batch with a draft
 * @look: what was found of a file that can be used
 * @name: (nullable): what to call it, else by its file
 * @outcome: (out caller-allocates): what became of it
 *
 * Puts the file where it was aimed, or where it fits, or sets it aside.
 */
void
yj_attach_batch_put (YjAttachBatch      *batch,
                     const YjAttachLook *look,
                     const char         *name,
                     YjAttachOutcome    *outcome)
{
  YjMediaKind kind = (YjMediaKind) look->info->kind;
  g_autoptr(YjDraftFile) file = NULL;
  YjDraftFile *parked;
  YjSlotRole role;

  g_return_if_fail (batch->draft != NULL);

  parked = find_twin (yj_draft_get_parked (batch->draft), look->file);
  if (parked != NULL)
    {
      if (bring_back (batch, parked))
        outcome->mentioned = batch->mention != NULL ? g_object_ref (parked) : NULL;
      else
        outcome->reason = g_strdup (_("It is set aside already. To use it, drop it where it belongs."));
      return;
    }

  file = new_file (look, name);
  if (batch->replaced == NULL || !replace (batch, file, outcome))
    {
      gboolean found = find_role (batch, kind, &role);
      YjDraftFile *twin = found ? find_twin (yj_draft_get_files (batch->draft, role), look->file) : NULL;

      if (twin != NULL && batch->mention != NULL)
        outcome->mentioned = g_object_ref (twin);
      else if (twin != NULL)
        outcome->reason = g_strdup (_("It is already there."));
      if (twin != NULL)
        return;
      if (!found || !put (batch, role, file, outcome))
        {
          outcome->reason = yj_attach_dup_refusal (batch->draft, kind);
          if (!yj_attach_sets_aside (batch->draft, kind, batch->n))
            return;
          yj_draft_set_file_aside (batch->draft, file);
        }
    }
  if (batch->mention != NULL && outcome->reason == NULL)
    outcome->mentioned = g_object_ref (file);
  outcome->file = g_steal_pointer (&file);
}
