/** There are so many colours; the name of a CPU always stands beside its colour. */
const colours = 6;

export const cpuClass = (cpu: number): string => `cpu-${cpu % colours}`;
export const cpuName = (cpu: number): string => `CPU${cpu}`;
