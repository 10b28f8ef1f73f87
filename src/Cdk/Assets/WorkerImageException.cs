namespace Jobs;

/// <summary>A worker's image cannot be made: the message says why, and what to do.</summary>
public sealed class WorkerImageException(string message) : Exception(message);
