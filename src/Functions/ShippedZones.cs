namespace Jobs.Functions;

/// <summary>
/// Time zones that lie beside the functions, for a system that has none, such as Lambda's provided.al2023.
/// https://github.com/aws/aws-lambda-dotnet/issues/1620
/// </summary>
internal static class ShippedZones
{
    /// <summary>Where .NET looks for zones instead of in the system's folder.</summary>
    private const string Variable = "TZDIR";

    /// <summary>From now on this process knows the zones of the folder, if there is one, and no others.</summary>
    public static void Use(string folder)
    {
        if (Directory.Exists(folder)) Environment.SetEnvironmentVariable(Variable, folder);
    }
}
