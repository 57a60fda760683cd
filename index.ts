// What a program that uses the package may rely on. Everything not named here is internal and may change.
export {};
