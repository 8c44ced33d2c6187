/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-about"

#include "yj-about.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <libsoup/soup.h>

/* What a report of a fault needs to say of the system; nothing of the person. */
static char *
dup_debug_info (void)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *gstreamer = gst_version_string ();

  return g_strdup_printf ("Yuanjing %s\n%s\n%s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\nlibsoup %u.%u.%u\n%s\n",
                          YJ_VERSION,
                          os != NULL ? os : "?",
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "no Flatpak",
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version (),
                          gstreamer);
}

/**
 * yj_about_new:
 *
 * Returns: (transfer floating): the dialog that tells what this program is
 */
AdwDialog *
yj_about_new (void)
{
  AdwDialog *dialog = adw_about_dialog_new ();
  g_autofree char *debug_info = dup_debug_info ();

  g_object_set (dialog,
                "application-name", _("Yuanjing"),
                "application-icon", YJ_APP_ID,
                "version", YJ_VERSION,
                "developer-name", _("The Yuanjing developers"),
                "comments", _("A studio for the 元境 platform: chat with its language models, and make videos from words, pictures, clips and sounds."),
                "license-type", GTK_LICENSE_GPL_3_0,
                /* translators: put your names here, one a line */
                "translator-credits", _("translator-credits"),
                "debug-info", debug_info,
                "debug-info-filename", "yuanjing-debug-info.txt",
                NULL);
  adw_about_dialog_add_link (ADW_ABOUT_DIALOG (dialog), _("Web console of the platform"), "https://ai.opencomputing.cn");

  return dialog;
}
