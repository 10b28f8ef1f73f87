namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event in, one result out.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first event; false ends the loop.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();
