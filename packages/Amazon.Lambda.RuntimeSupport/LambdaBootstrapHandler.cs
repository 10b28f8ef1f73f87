namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event in, one result out.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first event; false ends the loop.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

public class LambdaBootstrapOptions
{
    /// <summary>Host and port of the Runtime API, instead of AWS_LAMBDA_RUNTIME_API.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
