/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-keep-focus"

#include "yj-keep-focus.h"

#define PATIENCE 60             /* frames */

typedef struct
{
  GtkWidget *widget;            /* that owns this */
  GtkWidget *focus;             /* in it, or lost since the last turn of the loop; weak */
  GtkRoot   *root;              /* weak */
  guint      forget_id;
  guint      tick_id;           /* the layout changed, and the focus is to be given back */
  guint      frames;            /* since then */
} Keeper;

static void
keeper_free (Keeper *self)
{
  g_clear_handle_id (&self->forget_id, g_source_remove);
  g_clear_weak_pointer (&self->focus);
  g_clear_weak_pointer (&self->root);
  g_free (self);
}

static gboolean
has_focus (Keeper *self)
{
  GtkWidget *focus = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->widget);
}

/* It went by itself, as to another place. */
static gboolean
forget_cb (gpointer user_data)
{
  Keeper *self = user_data;

  self->forget_id = 0;
  if (!has_focus (self))
    g_clear_weak_pointer (&self->focus);
  return G_SOURCE_REMOVE;
}

static void
focus_cb (Keeper *self)
{
  if (self->tick_id != 0)       /* where it is for now */
    return;
  if (has_focus (self))
    g_set_weak_pointer (&self->focus, gtk_root_get_focus (self->root));
  else if (self->focus != NULL && self->forget_id == 0)
    self->forget_id = g_idle_add_full (G_PRIORITY_HIGH, forget_cb, self, NULL);
}

/* What has another parent is mapped again some frames later, and takes no focus until then. Not grabbed: an entry would
   select all that is written in it. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Keeper *self = user_data;

  if (self->focus != NULL && self->root != NULL && ++self->frames < PATIENCE && !gtk_widget_get_mapped (self->focus))
    return G_SOURCE_CONTINUE;

  if (self->focus != NULL && self->root != NULL && gtk_widget_get_mapped (self->focus))
    gtk_root_set_focus (self->root, self->focus);
  self->tick_id = 0;
  focus_cb (self);
  return G_SOURCE_REMOVE;
}

static void
layout_cb (Keeper *self)
{
  if (self->focus == NULL)
    return;

  g_clear_handle_id (&self->forget_id, g_source_remove);
  self->frames = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

static void
root_cb (Keeper *self)
{
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, focus_cb, self);
  g_set_weak_pointer (&self->root, gtk_widget_get_root (self->widget));
  if (self->root != NULL)
    g_signal_connect_data (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self, NULL, G_CONNECT_SWAPPED);
}

static void
destroy_cb (Keeper *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, focus_cb, self);
}

/**
 * yj_keep_focus:
 * @widget: an `AdwMultiLayoutView`, or what has breakpoints
 * @property: the property of it that says which layout there is
 *
 * Leaves the keyboard focus with the widget in @widget that has it when the layout changes.
 */
void
yj_keep_focus (GtkWidget  *widget,
               const char *property)
{
  g_autofree char *changed = g_strconcat ("notify::", property, NULL);
  Keeper *self;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  self = g_new0 (Keeper, 1);
  self->widget = widget;
  g_object_set_data_full (G_OBJECT (widget), "yj-keep-focus", self, (GDestroyNotify) keeper_free);
  g_signal_connect_swapped (widget, "notify::root", G_CALLBACK (root_cb), self);
  g_signal_connect_swapped (widget, changed, G_CALLBACK (layout_cb), self);
  g_signal_connect_swapped (widget, "destroy", G_CALLBACK (destroy_cb), self);
  root_cb (self);
}
