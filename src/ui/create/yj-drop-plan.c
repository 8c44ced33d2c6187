/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where files would land, told before they do: by the same rules, and with the same words for a refusal. */

#define G_LOG_DOMAIN "yj-drop-plan"

#include "yj-drop-plan.h"

#include <glib/gi18n.h>
#include <string.h>

static guint
get_room (const YjDropPlan *plan,
          YjDraft          *draft,
          YjSlot           *slot)
{
  YjSlotRole role = yj_slot_get_role (slot);
  guint n = g_list_model_get_n_items (yj_draft_get_files (draft, role)) + plan->landing[role];
  guint limit = yj_attach_get_limit (slot);

  return limit == 0 ? G_MAXUINT : limit > n ? limit - n : 0;
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
      if (yj_attach_sets_aside (draft, kinds[i], n))
        plan->aside++;
      else
        plan->refused++;
      if (plan->refusal == NULL)
        plan->refusal = yj_attach_dup_refusal (draft, kinds[i]);
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
