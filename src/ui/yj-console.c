/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-console"

#include "yj-console.h"

#include <glib/gi18n.h>

#define CONSOLE_URI "https://ai.opencomputing.cn"

static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    {
      /* translators: the address of a web page */
      g_autofree char *text = g_strdup_printf (_("No browser could be opened. The address is %s"), CONSOLE_URI);
      yj_window_add_toast (window, adw_toast_new (text));
    }
}

/**
 * yj_console_open:
 * @window: the window
 * @what: `register`, `keys`, `top-up`, `balance` or `models`
 *
 * Opens the web console in the browser, and says in a toast where on it to go: the platform documents
 * the way there in words only, not as an address.
 */
void
yj_console_open (YjWindow   *window,
                 const char *what)
{
  static const struct { const char *what, *way; } ways[] = {
    { "register", N_("On the console: log in with your mobile phone number") },
    { "keys", N_("On the console: log in, choose 创建APIKEY, submit, then 复制apikey") },
    { "top-up", N_("On the console: log in and top up with Alipay (支付宝)") },
    { "balance", N_("On the console: log in, open the user menu, choose 财务 (Finance)") },
    { "models", N_("On the console: choose 模型广场 (Model Plaza)") },
  };
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (CONSOLE_URI);

  g_return_if_fail (YJ_IS_WINDOW (window));

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (ways[i].what, what) == 0)
      {
        AdwToast *toast = adw_toast_new (_(ways[i].way));
        adw_toast_set_timeout (toast, 15);
        yj_window_add_toast (window, toast);
      }
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (window), NULL, launch_cb, g_object_ref (window));
}
