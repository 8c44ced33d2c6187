/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-draft-tab"

#include "yj-draft-tab.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"

#define TITLE_CHARS 60          /* of the prompt; the tab cuts off what it has no room for */
#define SHOWN_CHARS 16

struct _YjDraftTab
{
  AdwBin       parent_instance;

  GtkWidget   *button;
  GtkLabel    *title;
  GtkWidget   *close;
  YjOpenDraft *item;
};

typedef enum
{
  SIGNAL_CHOSEN,
  SIGNAL_CLOSED,
  SIGNAL_DROPPED,
  N_SIGNALS,
} YjDraftTabSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjDraftTab, yj_draft_tab, ADW_TYPE_BIN)

/**
 * yj_draft_tab_dup_title:
 * @item: one of several drafts
 *
 * Returns: (transfer full): what it is called: its name, else how its prompt begins
 */
char *
yj_draft_tab_dup_title (YjOpenDraft *item)
{
  g_autofree char *cut = NULL, *title = NULL;
  const char *prompt;

  g_return_val_if_fail (YJ_IS_OPEN_DRAFT (item), NULL);

  if (*yj_open_draft_get_name (item) != '\0')
    return g_strdup (yj_open_draft_get_name (item));

  prompt = yj_draft_get_prompt (yj_open_draft_get_draft (item));
  cut = g_utf8_substring (prompt, 0, MIN (TITLE_CHARS, g_utf8_strlen (prompt, -1)));
  title = g_strstrip (g_strdelimit (g_steal_pointer (&cut), "\n\t\r", ' '));

  return *title != '\0' ? g_steal_pointer (&title) : g_strdup (_("New Draft"));
}

static void
show_item (YjDraftTab *self)
{
  YjModel *model = yj_draft_get_model (yj_open_draft_get_draft (self->item));
  g_autofree char *title = yj_draft_tab_dup_title (self->item);
  g_autofree char *words = g_strdup_printf ("%s\n%s · %s", title, yj_job_text_get_mode (yj_model_get_mode (model)),
                                            yj_model_get_title (model));

  if (g_strcmp0 (gtk_label_get_label (self->title), title) != 0)
    {
      /* translators: %s: the name of a draft */
      g_autofree char *close = g_strdup_printf (_("Close “%s”"), title);

      gtk_label_set_label (self->title, title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_widget_set_tooltip_text (self->close, close);
    }
  gtk_widget_set_tooltip_text (self->button, words);
}

static void
clicked_cb (YjDraftTab *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
close_clicked_cb (YjDraftTab *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* The middle button closes, as everywhere. */
static void
middle_cb (YjDraftTab *self,
           int         n_press,
           double      x,
           double      y)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static GdkContentProvider *
drag_prepare_cb (YjDraftTab *self)
{
  return gdk_content_provider_new_typed (YJ_TYPE_OPEN_DRAFT, self->item);
}

static void
drag_begin_cb (YjDraftTab    *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (YjDraftTab   *self,
         const GValue *value)
{
  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, g_value_get_object (value));
  return TRUE;
}

static void
yj_draft_tab_dispose (GObject *object)
{
  YjDraftTab *self = YJ_DRAFT_TAB (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (yj_draft_tab_parent_class)->dispose (object);
}

static void
yj_draft_tab_class_init (YjDraftTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_draft_tab_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", YJ_TYPE_DRAFT_TAB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", YJ_TYPE_DRAFT_TAB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DROPPED] = g_signal_new ("dropped", YJ_TYPE_DRAFT_TAB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, YJ_TYPE_OPEN_DRAFT);
}

static void
yj_draft_tab_init (YjDraftTab *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkGesture *middle = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (YJ_TYPE_OPEN_DRAFT, GDK_ACTION_MOVE);

  self->title = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 6, "max-width-chars", SHOWN_CHARS, NULL);
  self->button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_TAB, "child", self->title, NULL);
  self->close = g_object_new (GTK_TYPE_BUTTON, "icon-name", "window-close-symbolic", "valign", GTK_ALIGN_CENTER,
                              "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->close, "flat");
  gtk_widget_add_css_class (self->close, "circular");
  gtk_widget_add_css_class (GTK_WIDGET (self), "draft-tab");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->close, "clicked", G_CALLBACK (close_clicked_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (middle), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (middle, "released", G_CALLBACK (middle_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (middle));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->button, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->close);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * yj_draft_tab_new:
 * @item: one of several drafts
 *
 * Returns: (transfer floating): a tab for it
 */
YjDraftTab *
yj_draft_tab_new (YjOpenDraft *item)
{
  YjDraftTab *self;

  g_return_val_if_fail (YJ_IS_OPEN_DRAFT (item), NULL);

  self = g_object_new (YJ_TYPE_DRAFT_TAB, NULL);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);

  return self;
}

/**
 * yj_draft_tab_get_item:
 * @self: a tab
 *
 * Returns: (transfer none): what it is for
 */
YjOpenDraft *
yj_draft_tab_get_item (YjDraftTab *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_TAB (self), NULL);

  return self->item;
}

/**
 * yj_draft_tab_set_shown:
 * @self: a tab
 * @shown: whether its draft is the one on show
 */
void
yj_draft_tab_set_shown (YjDraftTab *self,
                        gboolean    shown)
{
  g_return_if_fail (YJ_IS_DRAFT_TAB (self));

  gtk_widget_set_visible (self->close, shown);
  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self), "shown");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "shown");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_SELECTED, shown, -1);
}
