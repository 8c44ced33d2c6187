/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipe that was exported, dropped on Create or opened there. */
#include "yj-recipe-drop.h"

#include <glib/gi18n.h>

#include "yj-catalog.h"
#include "yj-recipe-file.h"
#include "yj-window.h"

static void
tell (YjWindow   *window,
      const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  yj_window_add_toast (window, toast);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;
  guint missing = 0;
  g_autoptr(YjDraft) draft = yj_recipe_import_finish (result, &missing, &error);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!YJ_IS_WINDOW (root))
    return;
  if (g_error_matches (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_NO_MODEL))
    tell (YJ_WINDOW (root), _("The model of this recipe is not in the catalogue"));
  else if (draft == NULL)
    tell (YJ_WINDOW (root), _("This is not a recipe that can be read"));
  else
    {
      yj_window_show_draft (YJ_WINDOW (root), draft);
      if (missing > 0)
        {
          g_autofree char *text = g_strdup_printf (ngettext ("%u reference of the recipe is missing: it has to lie beside it",
                                                             "%u references of the recipe are missing: they have to lie beside it",
                                                             missing), missing);

          tell (YJ_WINDOW (root), text);
        }
    }
}

static void
recipe_cb (YjAttacher *attacher,
           GFile      *file,
           gpointer    user_data)
{
  GtkWidget *widget = user_data;
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_recipe_import_async (yj_session_get_catalog (yj_window_get_session (YJ_WINDOW (root))), file, NULL, imported_cb,
                            g_object_ref (widget));
}

/**
 * yj_recipe_drop_connect:
 * @widget: a widget in the window
 * @attacher: where files come in
 */
void
yj_recipe_drop_connect (GtkWidget  *widget,
                        YjAttacher *attacher)
{
  g_signal_connect_object (attacher, "recipe", G_CALLBACK (recipe_cb), widget, 0);
}
