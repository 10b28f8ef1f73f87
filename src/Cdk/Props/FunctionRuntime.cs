namespace Jobs;

/// <summary>As what the runner's functions are deployed: both do the same.</summary>
public enum FunctionRuntime
{
    /// <summary>Native where they were built natively and run where the stack does, managed otherwise.</summary>
    Automatic,

    /// <summary>
    /// One program on Lambda's <c>provided.al2023</c>: it starts in a fraction of the time and needs a third of the
    /// memory. Synthesis fails, saying why, where that cannot be.
    /// https://docs.aws.amazon.com/lambda/latest/dg/dotnet-native-aot.html
    /// </summary>
    Native,

    /// <summary>
    /// Assemblies on Lambda's <c>dotnet10</c>, which AWS patches.
    /// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
    /// </summary>
    Managed,
}
