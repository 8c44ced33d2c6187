/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-codec-hint"

#include "yj-codec-hint.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-probe.h"

/* What brings the common decoders onto this kind of installation. */
static char *
dup_hint (void)
{
  static const struct { const char *id, *command; } systems[] = {
    { "debian", "sudo apt install gstreamer1.0-libav gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly" },
    { "fedora", "sudo dnf install gstreamer1-plugin-openh264 gstreamer1-plugins-ugly gstreamer1-plugin-libav" },
    { "arch", "sudo pacman -S gst-libav gst-plugins-bad gst-plugins-ugly" },
    { "suse", "sudo zypper install gstreamer-plugins-libav gstreamer-plugins-bad gstreamer-plugins-ugly" },
  };
  g_autofree char *id = g_get_os_info (G_OS_INFO_KEY_ID);
  g_autofree char *text = NULL;
  g_autofree char *like = NULL;
  gsize length;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return g_strdup (_("Update the Flatpak runtime, which brings the decoders: flatpak update"));

  /* ID_LIKE is not among the keys of g_get_os_info (). */
  if (g_file_get_contents ("/etc/os-release", &text, &length, NULL))
    like = g_utf8_strdown (text, (gssize) length);
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_strcmp0 (id, systems[i].id) == 0 || (like != NULL && strstr (like, systems[i].id) != NULL))
      /* translators: a command line */
      return g_strdup_printf (_("Install the decoders and start again: %s"), systems[i].command);

  return g_strdup (_("Install GStreamer’s libav, bad and ugly plug-ins, and start again."));
}

/**
 * yj_codec_hint_dup_error:
 * @error: why a video does not play
 *
 * Returns: (transfer full): that in words, and where a decoder is missing what brings it onto this kind of installation
 */
char *
yj_codec_hint_dup_error (const GError *error)
{
  g_autofree char *words = yj_error_text_dup (error);
  g_autofree char *hint = g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC) ? dup_hint () : NULL;

  return g_strjoin ("\n\n", words, hint, NULL);
}
