/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-attach-rules.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ASIDE 30            /* files: more than any model takes */
#define FEW 12                  /* files at once; a whole folder would bury the form */

/**
 * yj_attach_aim_copy: (skip)
 * @aim: where something was aimed
 *
 * Returns: (transfer full): the same, which keeps alive what it names
 */
YjAttachAim *
yj_attach_aim_copy (const YjAttachAim *aim)
{
  YjAttachAim *copy = g_new0 (YjAttachAim, 1);

  copy->role = aim->role;
  copy->position = aim->position;
  g_set_object (&copy->replaced, aim->replaced);
  g_set_object (&copy->mention, aim->mention);
  g_set_object (&copy->draft, aim->draft);
  return copy;
}

/**
 * yj_attach_aim_free: (skip)
 * @aim: (transfer full): a copy
 *
 * Frees it.
 */
void
yj_attach_aim_free (YjAttachAim *aim)
{
  g_clear_object (&aim->replaced);
  g_clear_object (&aim->mention);
  g_clear_object (&aim->draft);
  g_free (aim);
}

/**
 * yj_attach_get_limit:
 * @slot: a slot
 *
 * Returns: how many files go into it: as many as the platform takes, or else as the loosest document says; 0: nobody says
 */
guint
yj_attach_get_limit (YjSlot *slot)
{
  return yj_slot_get_maximum (slot) > 0 ? yj_slot_get_maximum (slot) : yj_slot_get_advised_maximum (slot);
}

/**
 * yj_attach_is_full:
 * @draft: a draft
 * @role: one of its slots
 *
 * Returns: whether a slot for several files has as many as the loosest document says
 */
gboolean
yj_attach_is_full (YjDraft    *draft,
                   YjSlotRole  role)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);
  guint limit = slot != NULL ? yj_attach_get_limit (slot) : 0;

  return limit > 1 && g_list_model_get_n_items (yj_draft_get_files (draft, role)) >= limit;
}

/**
 * yj_attach_sets_aside:
 * @draft: a draft
 * @kind: the kind of a file that finds no place in it
 * @n: how many files came together
 *
 * Returns: whether it is kept beside the slots: the model takes files, but none of this kind; or it takes no more of them,
 *   and these are few enough to have been picked one by one
 */
gboolean
yj_attach_sets_aside (YjDraft     *draft,
                      YjMediaKind  kind,
                      guint        n)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      taken = taken || yj_slot_get_kind (slot) == kind;
    }

  return kind != YJ_MEDIA_KIND_UNKNOWN && g_list_model_get_n_items (slots) > 0 && (!taken || n <= FEW) &&
         g_list_model_get_n_items (yj_draft_get_parked (draft)) < MAX_ASIDE;
}

/**
 * yj_attach_count_taken:
 * @model: a model
 * @counts: by [enum@Yj.MediaKind]: how many files there are
 *
 * Returns: how many of them go into its slots while these are empty
 */
guint
yj_attach_count_taken (YjModel     *model,
                       const guint *counts)
{
  GListModel *slots = yj_model_get_slots (model);
  guint left[YJ_MEDIA_KIND_AUDIO + 1], taken = 0;

  memcpy (left, counts, sizeof left);
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      guint *of_kind = &left[yj_slot_get_kind (slot)];
      guint limit = yj_attach_get_limit (slot), n = limit > 0 ? MIN (limit, *of_kind) : *of_kind;

      *of_kind -= n;
      taken += n;
    }

  return taken;
}

/**
 * yj_attach_dup_refusal:
 * @draft: a draft
 * @kind: the kind of a file that it does not take
 *
 * Returns: (transfer full): why not, as a whole sentence
 */
char *
yj_attach_dup_refusal (YjDraft     *draft,
                       YjMediaKind  kind)
{
  YjModel *model = yj_draft_get_model (draft);
  const char *title = yj_model_get_title (model);
  GListModel *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (yj_slot_get_kind (slot) != kind)
        continue;
      if (yj_slot_get_maximum (slot) == 1)
        /* translators: %s: a place for one file, such as First Frame */
        return g_strdup_printf (_("%s is taken. Drop on it to replace what is there."), yj_slot_get_label (slot));
      /* translators: %1$s: a place for files, such as Reference Images, %2$d: how many it takes */
      return g_strdup_printf (_("%1$s is full: it takes at most %2$d."), yj_slot_get_label (slot), (int) yj_attach_get_limit (slot));
    }

  switch (kind)
    {
    case YJ_MEDIA_KIND_IMAGE:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no pictures here."), title);
    case YJ_MEDIA_KIND_VIDEO:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no videos here."), title);
    case YJ_MEDIA_KIND_AUDIO:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no sounds here."), title);
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  return g_strdup (_("Only pictures, videos and sounds can be added."));
}
