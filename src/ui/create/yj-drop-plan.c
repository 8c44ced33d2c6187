/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where files would land, told before they do: the same rules as the attacher's, and the same words for a refusal. */

#define G_LOG_DOMAIN "yj-drop-plan"

#include "yj-drop-plan.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ASIDE 30            /* files: more than any model takes */
#define FEW 12                  /* files at once; a whole folder would bury the form */

/* As many as the platform takes, or else as the loosest document says; 0: nobody says. */
static guint
get_limit (YjSlot *slot)
{
  return yj_slot_get_maximum (slot) > 0 ? yj_slot_get_maximum (slot) : yj_slot_get_advised_maximum (slot);
}

/**
 * yj_attacher_is_full:
 * @draft: a draft
 * @role: one of its slots
 *
 * Returns: whether a slot for several files has as many as the loosest document says
 */
gboolean
yj_attacher_is_full (YjDraft    *draft,
                     YjSlotRole  role)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);
  guint limit = slot != NULL ? get_limit (slot) : 0;

  return limit > 1 && g_list_model_get_n_items (yj_draft_get_files (draft, role)) >= limit;
}

/**
 * yj_attacher_sets_aside:
 * @draft: a draft
 * @kind: the kind of a file that finds no place in it
 * @n: how many files came together
 *
 * Returns: whether it is kept beside the slots: the model takes files, but none of this kind; or it takes no more of them,
 *   and these are few enough to have been picked one by one
 */
gboolean
yj_attacher_sets_aside (YjDraft     *draft,
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
 * yj_attacher_count_taken:
 * @model: a model
 * @counts: by [enum@Yj.MediaKind]: how many files there are
 *
 * Returns: how many of them go into its slots while these are empty
 */
guint
yj_attacher_count_taken (YjModel     *model,
                         const guint *counts)
{
  GListModel *slots = yj_model_get_slots (model);
  guint left[YJ_MEDIA_KIND_AUDIO + 1], taken = 0;

  memcpy (left, counts, sizeof left);
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      guint *of_kind = &left[yj_slot_get_kind (slot)];
      guint n = get_limit (slot) > 0 ? MIN (get_limit (slot), *of_kind) : *of_kind;

      *of_kind -= n;
      taken += n;
    }

  return taken;
}

/**
 * yj_attacher_dup_refusal:
 * @draft: a draft
 * @kind: the kind of a file that it does not take
 *
 * Returns: (transfer full): why not, as a whole sentence
 */
char *
yj_attacher_dup_refusal (YjDraft     *draft,
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
      return g_strdup_printf (_("%1$s is full: it takes at most %2$d."), yj_slot_get_label (slot),
                              (int) get_limit (slot));
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

static guint
get_room (const YjDropPlan *plan,
          YjDraft          *draft,
          YjSlot           *slot)
{
  YjSlotRole role = yj_slot_get_role (slot);
  guint n = g_list_model_get_n_items (yj_draft_get_files (draft, role)) + plan->landing[role];

  return get_limit (slot) == 0 ? G_MAXUINT : get_limit (slot) > n ? get_limit (slot) - n : 0;
}

/* An empty slot first, then one with room; -1 for none. */
static int
find_landing (const YjDropPlan *plan,
              YjDraft          *draft,
              YjMediaKind       kind)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));
  int found = -1;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      YjSlotRole role = yj_slot_get_role (slot);

      if (yj_slot_get_kind (slot) != kind || get_room (plan, draft, slot) == 0)
        continue;
      if (g_list_model_get_n_items (yj_draft_get_files (draft, role)) + plan->landing[role] == 0)
        return role;
      if (found < 0)
        found = role;
    }

  return found;
}

/**
 * yj_drop_plan_make:
 * @plan: (out caller-allocates): what would happen
 * @draft: a draft
 * @aim: where it is aimed
 * @kinds: (array length=n): what the files are
 * @n: how many there are
 */
void
yj_drop_plan_make (YjDropPlan        *plan,
                   YjDraft           *draft,
                   const YjAttachAim *aim,
                   const YjMediaKind *kinds,
                   guint              n)
{
  YjSlot *aimed = aim->role >= 0 ? yj_model_find_slot (yj_draft_get_model (draft), (YjSlotRole) aim->role) : NULL;
  gboolean replaces = aimed != NULL && (aim->replaced != NULL || yj_slot_get_maximum (aimed) == 1);

  *plan = (YjDropPlan) { 0 };
  for (guint i = 0; i < n; i++)
    {
      int role = -1;

      if (kinds[i] == YJ_MEDIA_KIND_UNKNOWN)
        {
          plan->unknown++;
          continue;
        }
      if (aimed != NULL && yj_slot_get_kind (aimed) == kinds[i] && (replaces || get_room (plan, draft, aimed) > 0))
        role = aim->role;
      else if (aimed == NULL || yj_slot_get_kind (aimed) != kinds[i] || yj_slot_get_maximum (aimed) == 1)
        role = find_landing (plan, draft, kinds[i]);
      replaces = replaces && role != aim->role;
      if (role >= 0)
        {
          plan->landing[role]++;
          continue;
        }
      if (yj_attacher_sets_aside (draft, kinds[i], n))
        plan->aside++;
      else
        plan->refused++;
      if (plan->refusal == NULL)
        plan->refusal = yj_attacher_dup_refusal (draft, kinds[i]);
    }
}

/**
 * yj_drop_plan_clear:
 * @plan: a plan
 */
void
yj_drop_plan_clear (YjDropPlan *plan)
{
  g_clear_pointer (&plan->refusal, g_free);
}

/**
 * yj_drop_plan_dup_text:
 * @plan: a plan
 * @draft: the draft it is for
 * @aim: where it is aimed
 * @role: a slot in which something lands
 *
 * Returns: (transfer full): what a drop does there, in few words
 */
char *
yj_drop_plan_dup_text (const YjDropPlan  *plan,
                       YjDraft           *draft,
                       const YjAttachAim *aim,
                       YjSlotRole         role)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);
  guint n = plan->landing[role], there = g_list_model_get_n_items (yj_draft_get_files (draft, role));

  if ((aim->replaced != NULL && (int) role == aim->role) || (yj_slot_get_maximum (slot) == 1 && there == 1))
    return g_strdup (_("Drop to replace"));
  if (n > 1)
    /* translators: %d: how many files */
    return g_strdup_printf (ngettext ("Drop to add %d here", "Drop to add %d here", n), (int) n);
  if ((int) role == aim->role && aim->position < there)
    /* translators: %d: which one it will be among the files there, counted from 1 */
    return g_strdup_printf (_("Drop to add as number %d"), (int) aim->position + 1);

  return g_strdup (_("Drop to add here"));
}
