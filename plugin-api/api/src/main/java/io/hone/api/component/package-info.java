/** What every component is and how it describes itself. */
package io.hone.api.component;
