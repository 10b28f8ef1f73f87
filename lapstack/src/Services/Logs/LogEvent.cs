namespace Lapstack.Services.Logs;

/// <summary>One line of a stream.</summary>
/// <param name="Timestamp">When it was written, in milliseconds since 1970.</param>
/// <param name="IngestionTime">When it arrived here, in milliseconds since 1970.</param>
/// <param name="Sequence">Its place in the stream, from 0, growing.</param>
internal sealed record LogEvent(long Timestamp, long IngestionTime, long Sequence, string Message);
