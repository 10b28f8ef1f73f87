namespace Jobs.Cli.Shapes;

/// <param name="Type">Full name of the exception's type.</param>
internal sealed record ErrorShape(string Type, string Message, string? Stack);
