namespace Amazon.Lambda.Core;

/// <summary>The log, where no context is at hand. Writes to the console until the runtime takes over.</summary>
public static class LambdaLogger
{
    internal static Action<string, Exception, string, object[]> Sink { get; set; } = WriteToConsole;

    public static void Log(string message) => Sink(null, null, message, []);

    public static void Log(string level, string message, params object[] args) => Sink(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) =>
        Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        Sink(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);

    private static void WriteToConsole(string level, Exception exception, string message, object[] args)
    {
        var arguments = args is { Length: > 0 } ? $" Arguments: \"{string.Join("\" \"", args)}\"" : "";
        Console.WriteLine(level is null ? message : $"{level}: {message}{arguments}");
        if (exception is not null) Console.WriteLine(exception);
    }
}
