/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving attached files from slot to slot. */
#include "yj-draft-private.h"

/**
 * yj_draft_can_take:
 * @self: a draft
 * @role: a slot
 * @file: a file
 *
 * Returns: whether the model has that slot, it is for this kind, and there is room in it, as the platform takes it and as
 *   its maker documents it: in a slot for one file there always is, as what is there gives way
 */
gboolean
yj_draft_can_take (YjDraft     *self,
                   YjSlotRole   role,
                   YjDraftFile *file)
{
  YjSlot *slot;
  guint n, maximum, advised;

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (role < YJ_N_ROLES, FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), FALSE);

  slot = yj_model_find_slot (yj_draft_get_model (self), role);
  if (slot == NULL || yj_slot_get_kind (slot) != yj_draft_file_get_kind (file))
    return FALSE;

  n = g_list_model_get_n_items (yj_draft_get_files (self, role));
  maximum = yj_slot_get_maximum (slot);
  advised = yj_slot_get_advised_maximum (slot);
  return maximum == 1 || ((maximum == 0 || n < maximum) && (advised == 0 || n < advised));
}

/* Into the only place of a slot, out of which @other goes to where @file came from. */
static void
swap (YjDraft     *self,
      YjSlotRole   role,
      YjDraftFile *file,
      YjDraftFile *other,
      int          from,
      guint        position)
{
  yj_draft_remove_file (self, file);
  yj_draft_remove_file (self, other);
  yj_draft_add_file (self, role, file);
  if (from < 0)
    {
      yj_draft_park (self, other);
      yj_draft_changed (self);
      return;
    }

  yj_draft_add_file (self, (YjSlotRole) from, other);
  yj_draft_move_file (self, other, position);
}

/**
 * yj_draft_place_file:
 * @self: a draft
 * @role: the slot to go to
 * @file: a file of the draft, in a slot or set aside
 * @position: before which of the files there as they stand now; %G_MAXUINT: behind all
 *
 * Moves a file within its slot or to another one. In a slot for one file it changes places with the one there.
 *
 * Returns: %FALSE when the slot does not take it; then nothing changed
 */
gboolean
yj_draft_place_file (YjDraft     *self,
                     YjSlotRole   role,
                     YjDraftFile *file,
                     guint        position)
{
  g_autoptr(YjDraftFile) held = NULL, other = NULL;
  YjSlot *slot;
  guint old = 0;
  int from;

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (role < YJ_N_ROLES, FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), FALSE);

  held = g_object_ref (file);
  from = yj_draft_find_place (self, file, &old);
  if (from == (int) role)
    {
      yj_draft_move_file (self, file, position > old && position != G_MAXUINT ? position - 1 : position);
      return TRUE;
    }
  if (!yj_draft_can_take (self, role, file))
    return FALSE;

  slot = yj_model_find_slot (yj_draft_get_model (self), role);
  if (yj_slot_get_maximum (slot) == 1)
    other = g_list_model_get_item (yj_draft_get_files (self, role), 0);
  if (other != NULL)
    {
      swap (self, role, file, other, from, old);
      return TRUE;
    }

  yj_draft_remove_file (self, file);
  yj_draft_add_file (self, role, file);
  yj_draft_move_file (self, file, position);
  return TRUE;
}

/**
 * yj_draft_set_file_aside:
 * @self: a draft
 * @file: a file in one of its slots, or a new one
 *
 * Keeps the file with the draft, without sending it.
 */
void
yj_draft_set_file_aside (YjDraft     *self,
                         YjDraftFile *file)
{
  g_autoptr(YjDraftFile) held = NULL;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  held = g_object_ref (file);
  yj_draft_remove_file (self, file);
  yj_draft_park (self, file);
  yj_draft_changed (self);
}

/**
 * yj_draft_restore_file:
 * @self: a draft
 * @role: the slot that @file was in, -1: it was set aside
 * @file: a file that was taken out
 * @position: which one it was there
 *
 * Brings back what was taken out. Nothing that came since has to give way: where there is no room any more, or no such
 * slot, the file goes to another slot that takes it, or is set aside. What was set aside is so again.
 */
void
yj_draft_restore_file (YjDraft     *self,
                       int          role,
                       YjDraftFile *file,
                       guint        position)
{
  YjSlotRole other;
  gboolean taken;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (role < (int) YJ_N_ROLES);
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  taken = role >= 0 && yj_draft_can_take (self, (YjSlotRole) role, file) &&
          (yj_slot_get_maximum (yj_model_find_slot (yj_draft_get_model (self), (YjSlotRole) role)) != 1 ||
           g_list_model_get_n_items (yj_draft_get_files (self, (YjSlotRole) role)) == 0);
  if (taken && yj_draft_add_file (self, (YjSlotRole) role, file))
    {
      yj_draft_move_file (self, file, position);
      return;
    }
  if (role >= 0 && yj_draft_find_slot (self, yj_draft_file_get_kind (file), &other) && yj_draft_can_take (self, other, file) &&
      yj_draft_add_file (self, other, file))
    return;

  yj_draft_park (self, file);
  yj_draft_changed (self);
}
