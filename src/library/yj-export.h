/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conversation as a file that other programs, or another Yuanjing, can read. */
#pragma once

#include "yj-library.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_EXPORT_MARKDOWN,           /* the branch that is shown */
  YJ_EXPORT_HTML,               /* the same, to look at and to print: one file that fetches nothing */
  YJ_EXPORT_JSON,               /* all of it, to be imported again */
} YjExportFormat;

/* What an export says besides what the conversation says. The words live longer than the export. */
typedef struct
{
  const char *language;         /* of the words, such as "zh-CN" */
  const char *untitled;
  const char *question;
  const char *answer;
  const char *thoughts;
  const char *system_prompt;
  const char *unfinished;
  /* Writes an answer as HTML, with nothing of it as markup of its own; called on another thread. */
  void      (*render) (const char *markdown,
                       GString    *html);
} YjExportStyle;

void            yj_library_export_async  (YjLibrary            *self,
                                          YjConversation       *conversation,
                                          YjExportFormat        format,
                                          const YjExportStyle  *style,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean        yj_library_export_finish (YjLibrary            *self,
                                          GAsyncResult         *result,
                                          GError              **error);

#define YJ_IMPORT_ERROR (yj_import_error_quark ())
GQuark yj_import_error_quark (void);
typedef enum
{
  YJ_IMPORT_ERROR_NOT_JSON,
  YJ_IMPORT_ERROR_NOT_OURS,     /* JSON, but no conversation */
  YJ_IMPORT_ERROR_NEWER,        /* a later version of the form */
  YJ_IMPORT_ERROR_DAMAGED,      /* something in it is missing or wrong; the message says where */
  YJ_IMPORT_ERROR_EMPTY,        /* no message in it */
  YJ_IMPORT_ERROR_TOO_LARGE,
  YJ_IMPORT_ERROR_NOT_A_FILE,   /* a folder, a device, a pipe */
} YjImportError;

void            yj_library_import_async  (YjLibrary            *self,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
YjConversation *yj_library_import_finish (YjLibrary            *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
