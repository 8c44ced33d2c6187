/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-link-stop"

#include "yj-link-stop.h"

#include "yj-link.h"

/* Lies over a link in a text, which draws the link itself: where the keyboard stops, and what a screen reader finds. */
struct _YjLinkStop
{
  GtkWidget  parent_instance;

  char      *uri;
};

G_DEFINE_FINAL_TYPE (YjLinkStop, yj_link_stop, GTK_TYPE_WIDGET)

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  yj_link_open (widget, YJ_LINK_STOP (widget)->uri);
}

static void
yj_link_stop_finalize (GObject *object)
{
  g_free (YJ_LINK_STOP (object)->uri);

  G_OBJECT_CLASS (yj_link_stop_parent_class)->finalize (object);
}

static void
yj_link_stop_class_init (YjLinkStopClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yj_link_stop_finalize;

  gtk_widget_class_install_action (widget_class, "link.open", NULL, open_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "link.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "link.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "link.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "yj-link");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
}

static void
yj_link_stop_init (YjLinkStop *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * yj_link_stop_new:
 *
 * Returns: (transfer floating): one that leads nowhere yet
 */
GtkWidget *
yj_link_stop_new (void)
{
  return g_object_new (YJ_TYPE_LINK_STOP, NULL);
}

/**
 * yj_link_stop_set:
 * @self: a link stop
 * @text: what the link says
 * @uri: where it leads, from [func@Yj.link_normalise]
 */
void
yj_link_stop_set (YjLinkStop *self,
                  const char *text,
                  const char *uri)
{
  g_autofree char *host = NULL;

  g_return_if_fail (YJ_IS_LINK_STOP (self));

  g_set_str (&self->uri, uri);
  host = yj_link_dup_host (uri);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, host,
                                  -1);
}

/**
 * yj_link_open:
 * @widget: where it was clicked
 * @uri: from [func@Yj.link_normalise]
 *
 * Opens @uri, in the browser or what else the desktop has for it.
 */
void
yj_link_open (GtkWidget  *widget,
              const char *uri)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}
