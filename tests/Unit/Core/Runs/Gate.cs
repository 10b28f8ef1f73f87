using System.Reflection;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>Where a process waits before each call of a port until it is its turn.</summary>
internal sealed class Gate
{
    private readonly Queue<TaskCompletionSource> _waiting = new();

    /// <summary>Whether calls wait.</summary>
    public bool IsShut { get; set; }

    public bool Waits => _waiting.Count > 0;

    /// <summary>The port with the gate before each of its calls.</summary>
    public T Around<T>(T port)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)proxy).Aim(port, this);
        return proxy;
    }

    public void LetOne() => _waiting.Dequeue().SetResult();

    private object? Call(MethodInfo method, object port, object?[]? arguments)
    {
        if (method.ReturnType == typeof(Task)) return CallAsync(method, port, arguments);
        var result = method.ReturnType.GetGenericArguments();
        var typed = typeof(Gate).GetMethod(nameof(AnswerAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
        return typed.MakeGenericMethod(result).Invoke(this, [method, port, arguments]);
    }

    private async Task CallAsync(MethodInfo method, object port, object?[]? arguments)
    {
        await TurnAsync();
        await (Task)method.Invoke(port, arguments)!;
    }

    private async Task<T> AnswerAsync<T>(MethodInfo method, object port, object?[]? arguments)
    {
        await TurnAsync();
        return await (Task<T>)method.Invoke(port, arguments)!;
    }

    private Task TurnAsync()
    {
        if (!IsShut) return Task.CompletedTask;
        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn);
        return turn.Task;
    }

#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class Proxy : DispatchProxy
#pragma warning restore CA1852
    {
        private object? _port;
        private Gate? _gate;

        public void Aim(object port, Gate gate) => (_port, _gate) = (port, gate);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            _gate!.Call(targetMethod!, _port!, args);
    }
}
