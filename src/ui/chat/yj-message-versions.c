/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message-versions"

#include "yj-message-versions.h"

#include <glib/gi18n.h>

/**
 * YjMessageVersions:
 *
 * Says which version of a question, or which answer to it, is shown, and how much of the conversation the others hide.
 * Its buttons activate `message.previous-version` and `message.next-version`.
 */
struct _YjMessageVersions
{
  GtkWidget  parent_instance;
  YjMessage *message;
  GtkWidget *previous;
  GtkLabel  *place;
  GtkWidget *next;
  GtkLabel  *hidden;
};

G_DEFINE_FINAL_TYPE (YjMessageVersions, yj_message_versions, GTK_TYPE_WIDGET)

static void
update (YjMessageVersions *self)
{
  guint n_siblings, sibling = yj_message_get_sibling (self->message, &n_siblings);
  guint n_hidden = yj_message_get_n_hidden (self->message);
  g_autofree char *place = g_strdup_printf ("%u/%u", sibling, n_siblings);
  /* translators: which of the versions of a message is shown, for a screen reader */
  g_autofree char *name = g_strdup_printf (_("Version %u of %u"), sibling, n_siblings);
  /* translators: so many messages follow the other versions of this one and are not shown */
  g_autofree char *hidden = g_strdup_printf (ngettext ("%u message follows elsewhere", "%u messages follow elsewhere", n_hidden),
                                             n_hidden);

  gtk_widget_set_visible (GTK_WIDGET (self), n_siblings > 1);
  gtk_label_set_text (self->place, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (self->previous, sibling > 1);
  gtk_widget_set_sensitive (self->next, sibling < n_siblings);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), n_hidden > 0);
  gtk_label_set_text (self->hidden, hidden);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hidden), _("They belong to the other versions of this message"));
}

/* Not by the buttons' own action names: those would have a say in what is sensitive. */
static void
previous_cb (YjMessageVersions *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "message.previous-version", NULL);
}

static void
next_cb (YjMessageVersions *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "message.next-version", NULL);
}

/* ---- the object */

static void
yj_message_versions_dispose (GObject *object)
{
  YjMessageVersions *self = YJ_MESSAGE_VERSIONS (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MESSAGE_VERSIONS);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (yj_message_versions_parent_class)->dispose (object);
}

static void
yj_message_versions_class_init (YjMessageVersionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_message_versions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-message-versions.ui");
  gtk_widget_class_bind_template_child (widget_class, YjMessageVersions, previous);
  gtk_widget_class_bind_template_child (widget_class, YjMessageVersions, place);
  gtk_widget_class_bind_template_child (widget_class, YjMessageVersions, next);
  gtk_widget_class_bind_template_child (widget_class, YjMessageVersions, hidden);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-versions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_message_versions_init (YjMessageVersions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_message_versions_set_message:
 * @self: the versions of a message
 * @message: that message; only once
 */
void
yj_message_versions_set_message (YjMessageVersions *self,
                                 YjMessage         *message)
{
  g_return_if_fail (YJ_IS_MESSAGE_VERSIONS (self));
  g_return_if_fail (YJ_IS_MESSAGE (message) && self->message == NULL);

  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::sibling", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::n-siblings", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::n-hidden", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
