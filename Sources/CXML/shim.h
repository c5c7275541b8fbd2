// libxml2's push parser with SAX2 callbacks: no tree, so memory is bounded for any document. A tree is made only of documents that were
// checked so.
#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

// `xmlFree` is a variable, which Swift does not regard as safe.
static inline void imagebed_xml_free(void *memory) { xmlFree(memory); }
