namespace Amazon.Lambda.RuntimeSupport;

internal static class MemoryLimit
{
    /// <summary>
    /// Tells the garbage collector the function's memory, which the sandbox does not show it.
    /// AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK=true leaves the process alone.
    /// </summary>
    public static void Apply()
    {
        if ("true".Equals(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"),
            StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!ulong.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), out var mebibytes))
        {
            return;
        }

        var bytes = mebibytes * 1024 * 1024;
        if ((ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < bytes) return;
        AppContext.SetData("GCHeapHardLimit", bytes);
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // The heap is already larger, or was reserved smaller: the limit stays as it was.
        }
    }
}
