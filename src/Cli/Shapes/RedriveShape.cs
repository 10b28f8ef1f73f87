namespace Jobs.Cli.Shapes;

/// <param name="Moved">Messages that went back to their queue.</param>
internal sealed record RedriveShape(string Queue, int Moved);
