/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drops on the Create place: during the drag it shows where it will land and why something is refused. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-drop-plan.h"
#include "yj-long-toast.h"
#include "yj-web-drop.h"
#include "yj-window.h"

static gboolean
is_hint_in_sight (YjReferencePanel *self)
{
  GtkWidget *stack = GTK_WIDGET (self->stack), *pane = gtk_widget_get_ancestor (stack, GTK_TYPE_VIEWPORT);
  graphene_rect_t box;

  return pane != NULL && gtk_widget_get_mapped (stack) && gtk_widget_compute_bounds (stack, pane, &box) && box.origin.y >= 0 &&
         box.origin.y + box.size.height <= (float) gtk_widget_get_height (pane);
}

/* Where the hint has its place out of sight, or none at all, the same is told in sight, as long as the drag lasts. */
static void
say_in_sight (YjReferencePanel *self,
              const char       *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (text == NULL || is_hint_in_sight (self) || !YJ_IS_WINDOW (root))
    {
      if (self->drag_toast != NULL)
        adw_toast_dismiss (self->drag_toast);
      g_clear_weak_pointer (&self->drag_toast);
      return;
    }
  if (self->drag_toast != NULL)
    {
      gtk_label_set_label (GTK_LABEL (adw_toast_get_custom_title (self->drag_toast)), text);
      return;
    }

  g_set_weak_pointer (&self->drag_toast, yj_long_toast_new (text));
  adw_toast_set_timeout (self->drag_toast, 0);
  adw_toast_set_priority (self->drag_toast, ADW_TOAST_PRIORITY_HIGH);
  yj_window_add_toast (YJ_WINDOW (root), self->drag_toast);
}

static void
say_hint (YjReferencePanel *self,
          const char       *text,
          gboolean          refused)
{
  say_in_sight (self, text);
  gtk_stack_set_visible_child_name (self->stack, text != NULL ? "hint" : "buttons");
  gtk_label_set_label (self->hint, text != NULL ? text : "");
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "refused");
}

static void
mark_none (YjReferencePanel *self)
{
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = yj_reference_panel_find_view (self, role);

      if (view != NULL)
        yj_slot_view_set_drop (view, YJ_DROP_NONE, NULL, NULL);
    }
}

void
yj_reference_panel_show_no_drop (YjReferencePanel *self)
{
  mark_none (self);
  say_hint (self, NULL, FALSE);
}

/* ---- where it would land */

/* @replaces: one foreign file is dragged, which takes the place of the one that it is dropped upon. */
YjAttachAim
yj_reference_panel_find_aim (YjReferencePanel *self,
                             double            x,
                             double            y,
                             gboolean          replaces)
{
  YjAttachAim aim = { .role = -1, .position = G_MAXUINT, .draft = self->draft };

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = yj_reference_panel_find_view (self, role);
      graphene_rect_t box;

      if (view == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (view), self->area, &box) ||
          !graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        continue;
      aim.role = role;
      aim.position = yj_slot_view_get_position (view, x - box.origin.x, y - box.origin.y);
      if (replaces)
        aim.replaced = yj_slot_view_get_file_at (view, x - box.origin.x, y - box.origin.y);
    }

  return aim;
}

static YjSlotView *
find_aimed_view (YjReferencePanel  *self,
                 const YjAttachAim *aim)
{
  return aim->role >= 0 ? yj_reference_panel_find_view (self, aim->role) : NULL;
}

static gboolean
takes_no_files (YjReferencePanel *self)
{
  return g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (self->draft))) == 0;
}

/* The file whose place would be taken. What the aimed slot does not take lands elsewhere, and takes no place. */
static YjDraftFile *
dup_replaced (YjReferencePanel  *self,
              const YjDropPlan  *plan,
              const YjAttachAim *aim)
{
  YjSlot *slot = aim->role >= 0 ? yj_model_find_slot (yj_draft_get_model (self->draft), (YjSlotRole) aim->role) : NULL;

  if (slot == NULL || plan->landing[aim->role] != 1)
    return NULL;
  if (aim->replaced != NULL)
    return g_object_ref (aim->replaced);
  return yj_slot_get_maximum (slot) == 1 ? g_list_model_get_item (yj_draft_get_files (self->draft, (YjSlotRole) aim->role), 0) : NULL;
}

/* Marks the slots in which something would land, and says in one sentence for all of them what happens. */
static void
show_landings (YjReferencePanel  *self,
               const YjDropPlan  *plan,
               const YjAttachAim *aim)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) labels = NULL;
  g_autoptr(YjDraftFile) replaced = dup_replaced (self, plan, aim);
  g_autofree char *list = NULL, *text = NULL, *both = NULL;

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = plan->landing[role] > 0 ? yj_reference_panel_find_view (self, role) : NULL;
      g_autofree char *here = view != NULL ? yj_drop_plan_dup_text (plan, self->draft, aim, (YjSlotRole) role) : NULL;

      if (view == NULL)
        continue;
      yj_slot_view_set_drop (view, YJ_DROP_HERE, here, role == aim->role ? replaced : NULL);
      g_strv_builder_add (builder, yj_slot_get_label (yj_slot_view_get_slot (view)));
    }

  labels = g_strv_builder_end (builder);
  /* translators: between the things of a list */
  list = g_strjoinv (_(", "), labels);
  /* translators: %s: places for files, such as First Frame */
  text = replaced == NULL || g_strv_length (labels) > 1 ? g_strdup_printf (_("Drop to add to: %s"), list)
  /* translators: %s: a file name */
                               : g_strdup_printf (_("Drop to replace “%s”"), yj_draft_file_get_name (replaced));
  yj_drop_plan_add_fixes (plan, &text);
  if (plan->aside > 0)
    /* translators: %1$s: a sentence, %2$d: how many files, %3$s: a sentence that says why these are set aside */
    both = g_strdup_printf (ngettext ("%1$s (and set %2$d aside: %3$s)", "%1$s (and set %2$d aside: %3$s)", plan->aside), text,
                            (int) plan->aside, plan->refusal);
  else if (plan->refused > 0)
    /* translators: %1$s: a sentence, %2$d: how many files, %3$s: a sentence that says why these cannot be added */
    both = g_strdup_printf (ngettext ("%1$s (without %2$d: %3$s)", "%1$s (without %2$d: %3$s)", plan->refused), text,
                            (int) plan->refused, plan->refusal);
  say_hint (self, both != NULL ? both : text, FALSE);
}

/* One that is attached already: it goes to where it is aimed, or changes places with the only one there. */
static GdkDragAction
show_own (YjReferencePanel  *self,
          YjDraftFile       *file,
          const YjAttachAim *aim)
{
  YjSlotView *view = find_aimed_view (self, aim);
  YjSlot *slot = view != NULL ? yj_slot_view_get_slot (view) : NULL;
  g_autofree char *refusal = NULL;

  if (slot == NULL)
    {
      say_hint (self, NULL, FALSE);
      return 0;
    }
  if (yj_draft_find_place (self->draft, file, NULL) == aim->role || (yj_draft_can_take (self->draft, (YjSlotRole) aim->role, file) &&
       !yj_attach_is_full (self->draft, (YjSlotRole) aim->role)))
    {
      gboolean swap = yj_slot_get_maximum (slot) == 1 && g_list_model_get_n_items (yj_draft_get_files (self->draft, aim->role)) > 0;

      yj_slot_view_set_drop (view, YJ_DROP_HERE, swap ? _("Drop to change places") : _("Drop to move here"), NULL);
      return GDK_ACTION_MOVE;
    }

  refusal = yj_attach_dup_refusal (self->draft, yj_draft_file_get_kind (file));
  yj_slot_view_set_drop (view, YJ_DROP_REFUSED, refusal, NULL);
  return 0;
}

/* Marks where the drop would land; gives the action, 0 when all of it is refused. What is of no known kind may be
   dropped all the same: only looking into it tells what it is, or what is wrong with it. */
GdkDragAction
yj_reference_panel_show_drop (YjReferencePanel *self,
                              double            x,
                              double            y)
{
  YjAttachAim aim = yj_reference_panel_find_aim (self, x, y, self->drag_own == NULL && self->dragged->len == 1);
  YjSlotView *view = find_aimed_view (self, &aim);
  GdkDragAction action = GDK_ACTION_COPY;
  YjDropPlan plan;

  self->drag_over = TRUE;
  self->drag_x = x;
  self->drag_y = y;
  mark_none (self);
  if (self->drag_own != NULL)
    return show_own (self, self->drag_own, &aim);
  if (self->drag_nothing)
    {
      say_hint (self, _("There is no picture and no address in this."), TRUE);
      return 0;
    }
  if (takes_no_files (self))
    {
      say_hint (self, _("Drop to make a video from it."), FALSE);
      return GDK_ACTION_COPY;
    }
  if (!self->drag_known)
    return GDK_ACTION_COPY;

  yj_drop_plan_make (&plan, self->draft, &aim, (const YjDropItem *) (gpointer) self->dragged->data, self->dragged->len);
  if (plan.refused + plan.aside + plan.unknown < self->dragged->len)
    show_landings (self, &plan, &aim);
  else if (plan.aside > 0)
    {
      /* translators: %s: a sentence that says why a model does not take these files */
      g_autofree char *text = g_strdup_printf (_("%s Drop to set aside."), plan.refusal);

      if (view != NULL)
        yj_slot_view_set_drop (view, YJ_DROP_ASIDE, text, NULL);
      say_hint (self, text, FALSE);
    }
  else if (plan.refused == 0)
    say_hint (self, _("Drop to see what it is."), FALSE);
  else
    {
      if (view != NULL)
        yj_slot_view_set_drop (view, YJ_DROP_REFUSED, plan.refusal, NULL);
      say_hint (self, plan.refusal, TRUE);
      action = plan.unknown > 0 ? GDK_ACTION_COPY : 0;
    }
  yj_drop_plan_clear (&plan);
  return action;
}

/* ---- the drop itself */
static gboolean
drop_cb (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         YjReferencePanel *self)
{
  gboolean own = G_VALUE_HOLDS (value, YJ_TYPE_DRAFT_FILE), taken = TRUE;
  YjAttachAim aim = yj_reference_panel_find_aim (self, x, y, !own && self->dragged->len == 1);

  yj_reference_panel_say_nothing (self);
  if (own)
    taken = aim.role >= 0 && yj_draft_place_file (self->draft, (YjSlotRole) aim.role, g_value_get_object (value), aim.position);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

      yj_attacher_add_to (self->attacher, files, &aim);
      g_slist_free (files);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    yj_reference_panel_take_texture (self, g_value_get_object (value), &aim);
  else
    taken = FALSE;

  yj_reference_panel_forget_drag (self);
  return taken;
}

/* What comes from a browser is for the other target. */
static gboolean
accept_cb (GtkDropTarget    *target,
           GdkDrop          *drop,
           YjReferencePanel *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  return self->draft != NULL && (gdk_content_formats_contain_gtype (formats, YJ_TYPE_DRAFT_FILE) ||
         (!yj_web_drop_is_offered (formats) && (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
                                                gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))));
}

static GdkDragAction
enter_cb (GtkDropTarget    *target,
          double            x,
          double            y,
          YjReferencePanel *self)
{
  yj_reference_panel_forget_drag (self);
  yj_reference_panel_learn_value (self, gtk_drop_target_get_value (target));
  return yj_reference_panel_show_drop (self, x, y);
}

static GdkDragAction
motion_cb (GtkDropTarget    *target,
           double            x,
           double            y,
           YjReferencePanel *self)
{
  return yj_reference_panel_show_drop (self, x, y);
}

static void
leave_cb (GtkDropTarget    *target,
          YjReferencePanel *self)
{
  yj_reference_panel_forget_drag (self);
}

static void
value_cb (GtkDropTarget    *target,
          GParamSpec       *pspec,
          YjReferencePanel *self)
{
  yj_reference_panel_learn_value (self, gtk_drop_target_get_value (target));
}

void
yj_reference_panel_init_drop (YjReferencePanel *self,
                              GtkWidget        *area)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  GType types[] = { YJ_TYPE_DRAFT_FILE, GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  self->drag_cancellable = g_cancellable_new ();
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (target, TRUE);
  /* before the prompt gets it, which would take the name of a file as text */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "notify::value", G_CALLBACK (value_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
  yj_reference_panel_init_web (self, area);
}
