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

/* Of what cannot even be looked into nothing is said: that is told when it is dropped. */
static gboolean
is_fixable (const char *type)
{
  static const char * const types[] = {
    "image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/bmp", "image/heic", "image/heif", "image/avif",
    "video/mp4", "video/quicktime", "video/x-matroska", "video/webm", "video/ogg",
    "audio/mpeg", "audio/x-wav", "audio/flac", "audio/ogg", "audio/mp4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_content_type_is_a (type, types[i]))
      return TRUE;

  return FALSE;
}

static void
note_type (YjDropPlan *plan,
           YjDraft    *draft,
           int         role,
           const char *type)
{
  g_autofree char *name = type != NULL && is_fixable (type) ? yj_draft_dup_foreign_type (draft, (YjSlotRole) role, type) : NULL;

  if (name == NULL)
    return;
  if (plan->foreign[role] == 0)
    plan->foreign_type[role] = g_steal_pointer (&name);
  else if (g_strcmp0 (plan->foreign_type[role], name) != 0)
    g_clear_pointer (&plan->foreign_type[role], g_free);
  plan->foreign[role]++;
}

/**
 * yj_drop_plan_make:
 * @plan: (out caller-allocates): what would happen
 * @draft: a draft
 * @aim: where it is aimed
 * @items: (array length=n): what the files are
 * @n: how many there are
 */
void
yj_drop_plan_make (YjDropPlan        *plan,
                   YjDraft           *draft,
                   const YjAttachAim *aim,
                   const YjDropItem  *items,
                   guint              n)
{
  YjSlot *aimed = aim->role >= 0 ? yj_model_find_slot (yj_draft_get_model (draft), (YjSlotRole) aim->role) : NULL;
  gboolean replaces = aimed != NULL && (aim->replaced != NULL || yj_slot_get_maximum (aimed) == 1);

  *plan = (YjDropPlan) { 0 };
  for (guint i = 0; i < n; i++)
    {
      int role = -1;

      if (items[i].kind == YJ_MEDIA_KIND_UNKNOWN)
        {
          plan->unknown++;
          continue;
        }
      if (aimed != NULL && yj_slot_get_kind (aimed) == items[i].kind && (replaces || get_room (plan, draft, aimed) > 0))
        role = aim->role;
      else if (aimed == NULL || yj_slot_get_kind (aimed) != items[i].kind || yj_slot_get_maximum (aimed) == 1)
        role = find_landing (plan, draft, items[i].kind);
      replaces = replaces && role != aim->role;
      if (role >= 0)
        {
          plan->landing[role]++;
          note_type (plan, draft, role, items[i].type);
          continue;
        }
      if (yj_attach_sets_aside (draft, items[i].kind, n))
        plan->aside++;
      else
        plan->refused++;
      if (plan->refusal == NULL)
        plan->refusal = yj_attach_dup_refusal (draft, items[i].kind);
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
  for (guint role = 0; role < G_N_ELEMENTS (plan->foreign_type); role++)
    g_clear_pointer (&plan->foreign_type[role], g_free);
}

static char *
dup_action (const YjDropPlan  *plan,
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

/* Adds what is to be done before it can be sent. @type: what people call the type of all @n of them, or NULL. */
static void
add_fix (guint        n,
         const char  *type,
         char       **text)
{
  g_autofree char *action = NULL;

  if (n == 0)
    return;
  action = g_steal_pointer (text);
  if (type != NULL)
    /* translators: %1$s: such as Drop to add here, %2$s: a type of file, such as WebM; Fix… is a button that is there then */
    *text = g_strdup_printf (_("%1$s; %2$s needs Fix"), action, type);
  else
    /* translators: %1$s: such as Drop to add here, %2$d: how many files; Fix… is a button that is there then */
    *text = g_strdup_printf (ngettext ("%1$s; %2$d file needs Fix", "%1$s; %2$d files need Fix", n), action, (int) n);
}

/**
 * yj_drop_plan_add_fixes:
 * @plan: a plan
 * @text: (inout): what a drop does
 *
 * Adds what is to be done before all can be sent, if some of it is of a type that the model does not take.
 */
void
yj_drop_plan_add_fixes (const YjDropPlan  *plan,
                        char             **text)
{
  const char *type = NULL;
  guint n = 0;

  for (guint role = 0; role < G_N_ELEMENTS (plan->foreign); role++)
    {
      if (plan->foreign[role] == 0)
        continue;
      type = n == 0 || g_strcmp0 (type, plan->foreign_type[role]) == 0 ? plan->foreign_type[role] : NULL;
      n += plan->foreign[role];
    }
  add_fix (n, type, text);
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
  char *text = dup_action (plan, draft, aim, role);

  add_fix (plan->foreign[role], plan->foreign_type[role], &text);
  return text;
}
