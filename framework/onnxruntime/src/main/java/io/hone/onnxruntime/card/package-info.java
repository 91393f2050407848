/** What a model's file tells of itself, held against its card or the data. */
package io.hone.onnxruntime.card;
